import type { Receipt } from '../audit/receipt.ts';
import { formatModelRef } from '../exchange/model.ts';
import type { PartDecision } from '../exchange/verdict.ts';
import type { RuleRef } from '../policy/ruleRef.ts';
import { isUnattestedRelay, relayWords } from '../zone/relay.ts';
import { formatBytes, formatDuration } from '../protocol/amounts.ts';
import { servedWhere, zoneIcon, zoneOfReceipt } from './servedBy.ts';

/** A row of the request log: plain data, drawn by any tree. `open` names a place to jump to. */
export type RequestRow = {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly tooltip?: string;
  readonly open?: { readonly file: string; readonly line: number };
  /** A setting to jump to. */
  readonly setting?: string;
  readonly children: readonly RequestRow[];
};

/** One request as a row with everything that explains it below: outcome, where it went and why that is known, its parts. */
export function requestRow(receipt: Receipt): RequestRow {
  const dropped = receipt.verdict.parts.filter((part) => part.decision === 'drop').length;
  return {
    id: receipt.id,
    label: `${intentWord(receipt)} · ${receipt.model.model}`,
    description: [
      servedWhere(receipt),
      receipt.verdict.kind === 'allow' ? formatDuration(receipt.durationMs) : '',
      dropped > 0 ? `${dropped} held back` : '',
      outcomeWord(receipt),
    ]
      .filter((word) => word !== '')
      .join(' · '),
    icon: receipt.outcome.kind === 'failed' ? 'warning' : zoneIcon(zoneOfReceipt(receipt)),
    tooltip: new Date(receipt.at).toISOString(),
    children: [
      decisionRow(receipt),
      ...proofRows(receipt),
      ...usageRows(receipt),
      ...findingRows(receipt),
      ...receipt.verdict.parts.map((part) => partRow(receipt, part)),
    ],
  };
}

function decisionRow(receipt: Receipt): RequestRow {
  const { verdict, outcome, id } = receipt;
  if (verdict.kind === 'refuse')
    return leaf(
      `${id}/decision`,
      'circle-slash',
      'Not sent',
      `${verdict.cause.message}${verdict.cause.action ? ` ${verdict.cause.action}` : ''}`,
    );
  if (outcome.kind === 'failed') return leaf(`${id}/decision`, 'warning', 'Failed', outcome.message);
  return leaf(
    `${id}/decision`,
    'check',
    'Sent',
    `${formatBytes(receipt.bytesOut)} to ${formatModelRef(receipt.model)}`,
  );
}

function proofRows(receipt: Receipt): readonly RequestRow[] {
  const { proof, id } = receipt;
  if (!proof) return [];
  return [
    {
      id: `${id}/zone`,
      label: `Zone ${proof.zone}`,
      description: proof.evidence.origin,
      icon: zoneIcon(proof.zone),
      children: [
        ...proof.because.map((sentence, index) => leaf(`${id}/zone/${index}`, 'dash', sentence)),
        ...(isUnattestedRelay(proof) ? [relayRow(id)] : []),
      ],
    },
  ];
}

/** Leads to where the user can say that the server does not forward; nobody else can. */
function relayRow(id: string): RequestRow {
  return { ...leaf(`${id}/relay`, 'settings-gear', relayWords), setting: 'ringfence.backends' };
}

function usageRows(receipt: Receipt): readonly RequestRow[] {
  const { promptTokens, outputTokens, costUsd } = receipt.usage;
  const words = [
    promptTokens === undefined ? '' : `${promptTokens} in`,
    outputTokens === undefined ? '' : `${outputTokens} out`,
    costUsd === undefined ? '' : `$${costUsd.toFixed(5)}`,
    receipt.firstTokenMs === undefined ? '' : `first after ${formatDuration(receipt.firstTokenMs)}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? [] : [leaf(`${receipt.id}/usage`, 'dashboard', 'Tokens', words.join(' · '))];
}

function findingRows({ id, findings = [], verdict }: Receipt): readonly RequestRow[] {
  return findings.map(({ title, count, redacted }, index) => {
    const fate = redacted ? 'replaced before it left' : verdict.kind === 'refuse' ? 'not sent' : 'sent as it was';
    return leaf(
      `${id}/finding/${index}`,
      'search',
      title,
      `found ${count === 1 ? 'once' : `${count} times`} · ${fate}`,
    );
  });
}

function partRow(receipt: Receipt, part: PartDecision): RequestRow {
  const id = `${receipt.id}/part/${part.id}`;
  const refused = receipt.verdict.kind === 'refuse';
  return {
    id,
    label: part.title,
    description: `${fateOf(part, refused)} · ${formatBytes(part.bytes)} · may reach ${part.reach}`,
    icon: part.decision === 'drop' ? 'lock' : refused ? 'circle-slash' : 'arrow-right',
    ...(part.why !== undefined && { tooltip: part.why }),
    children: [
      ...(part.why === undefined ? [] : [leaf(`${id}/why`, 'info', part.why)]),
      ...part.rules.map((rule, index) => ruleRow(`${id}/rule/${index}`, rule)),
    ],
  };
}

function fateOf({ decision, declassified }: PartDecision, refused: boolean): string {
  if (decision === 'keep' && refused) return 'not sent';
  if (declassified) return 'sent after all, as you agreed';
  return decision === 'keep' ? 'sent' : 'held back';
}

function ruleRow(id: string, rule: RuleRef): RequestRow {
  const place =
    rule.file === undefined ? `${rule.layer} rule` : `${rule.file.split('/').at(-1) ?? rule.file}:${rule.line ?? 1}`;
  return {
    id,
    label: `Rule ${rule.id}`,
    description: [rule.pattern, place, rule.reason ?? ''].filter((word) => word !== '').join(' · '),
    icon: 'law',
    ...(rule.file !== undefined && { open: { file: rule.file, line: rule.line ?? 1 } }),
    children: [],
  };
}

function intentWord(receipt: Receipt): string {
  switch (receipt.intent) {
    case 'completion':
      return 'Completion';
    case 'chat':
      return 'Chat';
    case 'warm':
      return 'Warming';
  }
}

function outcomeWord(receipt: Receipt): string {
  switch (receipt.outcome.kind) {
    case 'done':
      return receipt.outcome.reason === 'incomplete' ? 'ended early' : '';
    case 'aborted':
      return 'stopped';
    case 'failed':
      return 'failed';
    case 'refused':
      return '';
  }
}

function leaf(id: string, icon: string, label: string, description?: string): RequestRow {
  return { id, icon, label, ...(description !== undefined && { description }), children: [] };
}
