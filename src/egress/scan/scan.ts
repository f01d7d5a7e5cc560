import { betweenStrings, bodyStrings, type BodyString } from '../../core/scan/bodyStrings.ts';
import type { Finding } from '../../core/scan/finding.ts';
import { createPlaceholders } from '../../core/scan/placeholders.ts';
import { scanText, type ScanFor } from '../../core/scan/scanText.ts';
import type { ValueIndex } from '../../core/scan/valueIndex.ts';
import type { ScanAction, ScanPolicy } from '../../core/policy/settings.ts';
import type { Zone } from '../../core/label/reach.ts';
import type { ScanResult } from '../ports.ts';

export type ScanDeps = {
  /** What the policy says now; asked for every body. */
  readonly settings: () => ScanPolicy;
  readonly values: Pick<ValueIndex, 'find' | 'size'>;
};

/**
 * Looks through the final body of a request that leaves the device: the strings as they will be read at the other end, not
 * as they are escaped. The surest find decides: `block` refuses, `redact` replaces, `warn` only tells; what is not certain
 * never blocks.
 */
export function createScan({ settings, values }: ScanDeps): (body: Uint8Array, zone: Zone) => ScanResult {
  return (body, zone) => {
    const policy = settings();
    const scanFor = whatFor(policy, values);
    if (zone === 'device' || scanFor === undefined) return { kind: 'clean' };
    const text = new TextDecoder('utf-8').decode(body);
    const strings = bodyStrings(text);
    // What is no JSON is looked through as it stands; nothing can be replaced in it safely.
    if (strings === undefined) return decideFixed(scanText(text, scanFor), policy);
    const fixed = decideFixed(scanText(betweenStrings(text, strings), scanFor), policy);
    if (fixed.kind === 'block') return fixed;
    const found = strings.map((string) => ({ string, findings: scanText(string.text, scanFor) }));
    return decide(text, { found, fixed: fixed.kind === 'clean' ? [] : fixed.findings }, policy);
  };
}

type FixedResult =
  { readonly kind: 'clean' } | { readonly kind: 'warn' | 'block'; readonly findings: readonly Finding[] };
type FoundString = { readonly string: BodyString; readonly findings: readonly Finding[] };

function whatFor(policy: ScanPolicy, values: ScanDeps['values']): ScanFor | undefined {
  const withValues = policy.values !== 'off' && values.size() > 0;
  const plain = { secrets: policy.secrets !== 'off', personal: policy.pii !== 'off' };
  if (!plain.secrets && !plain.personal && !withValues) return undefined;
  return withValues ? { ...plain, values } : plain;
}

/** `fixed` are finds between the strings, by now known to be no reason to refuse. */
function decide(
  text: string,
  { found, fixed }: { readonly found: readonly FoundString[]; readonly fixed: readonly Finding[] },
  policy: ScanPolicy,
): ScanResult {
  const findings = [...fixed, ...found.flatMap((entry) => entry.findings)];
  const actions = new Set(found.flatMap((entry) => entry.findings).map((finding) => actionFor(finding, policy)));
  if (actions.has('block')) return { kind: 'block', findings };
  if (actions.has('redact')) return redacted(text, { found, findings }, policy);
  return findings.length > 0 ? { kind: 'warn', findings } : { kind: 'clean' };
}

/** Where nothing can be replaced, what should be is a reason to refuse. */
function decideFixed(findings: readonly Finding[], policy: ScanPolicy): FixedResult {
  if (findings.length === 0) return { kind: 'clean' };
  const stays = findings.every((finding) => actionFor(finding, policy) === 'warn');
  return { kind: stays ? 'warn' : 'block', findings };
}

function redacted(
  text: string,
  { found, findings: all }: { readonly found: readonly FoundString[]; readonly findings: readonly Finding[] },
  policy: ScanPolicy,
): ScanResult {
  const placeholders = createPlaceholders(found.map(({ string }) => string.text));
  const pieces: string[] = [];
  const gone = new Set<Finding>();
  let at = 0;
  for (const { string, findings } of found) {
    const replaced = findings.filter((finding) => actionFor(finding, policy) === 'redact');
    if (replaced.length === 0) continue;
    for (const finding of replaced) gone.add(finding);
    pieces.push(text.slice(at, string.start), JSON.stringify(placeholders.redact(string.text, replaced)));
    at = string.end;
  }
  pieces.push(text.slice(at));
  return {
    kind: 'redact',
    body: new TextEncoder().encode(pieces.join('')),
    findings: all.map((finding) => (gone.has(finding) ? { ...finding, redacted: true } : finding)),
    restore: (piece) => placeholders.restore(piece),
    rest: () => placeholders.rest(),
  };
}

function actionFor({ kind, confidence }: Finding, policy: ScanPolicy): ScanAction {
  const action = policy[settingOf[kind]];
  return action === 'block' && confidence === 'low' ? 'warn' : action;
}

const settingOf = { secret: 'secrets', value: 'values', personal: 'pii' } as const satisfies Record<
  Finding['kind'],
  keyof ScanPolicy
>;
