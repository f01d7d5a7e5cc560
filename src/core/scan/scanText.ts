import { decodeRuns } from './decodeRuns.ts';
import type { Finding } from './finding.ts';
import { findPersonalData } from './findPersonalData.ts';
import { findSecrets } from './findSecrets.ts';
import type { ValueIndex } from './valueIndex.ts';

/** What to look for. */
export type ScanFor = {
  readonly secrets: boolean;
  readonly personal: boolean;
  readonly values?: Pick<ValueIndex, 'find'>;
};

/**
 * Everything found in one text, in order and not overlapping. Secrets and values are also found under one layer of base64,
 * hexadecimal or percent escapes.
 */
export function scanText(text: string, scan: ScanFor): readonly Finding[] {
  if (text.length < 8) return [];
  const plain = look(text, scan);
  if (!scan.secrets && scan.values === undefined) return apart(plain);
  const encoded = decodeRuns(text).flatMap(({ encoding, text: decoded, start, end }) => {
    const [first] = look(decoded, { ...scan, personal: false });
    return first === undefined ? [] : [{ ...first, encoding, start, end }];
  });
  return apart([...plain, ...encoded]);
}

function look(text: string, { secrets, personal, values }: ScanFor): readonly Finding[] {
  return [
    ...(secrets ? findSecrets(text) : []),
    ...(values?.find(text) ?? []),
    ...(personal ? findPersonalData(text) : []),
  ];
}

/** Of finds that overlap, the surer and then the longer one stays. */
function apart(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const byWeight = [...findings].sort((a, b) => sureness(b) - sureness(a) || b.end - b.start - (a.end - a.start));
  const kept: Finding[] = [];
  for (const finding of byWeight) {
    if (kept.every((other) => finding.end <= other.start || finding.start >= other.end)) kept.push(finding);
    if (kept.length >= mostFindings) break;
  }
  return kept.sort((a, b) => a.start - b.start);
}

function sureness({ confidence }: Finding): number {
  return confidence === 'high' ? 1 : 0;
}

const mostFindings = 500;
