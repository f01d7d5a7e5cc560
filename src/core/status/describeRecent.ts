import type { Receipt } from '../audit/receipt.ts';
import { formatBytes, formatDuration } from '../protocol/amounts.ts';
import { servedWhere, zoneIcon, zoneOfReceipt, type ServedByState } from './servedBy.ts';

/** The status item's tooltip as Markdown: why it is local only or off, then the last requests, newest first. */
export function describeRecent(state: ServedByState): string {
  return [
    ...headline(state),
    ...(state.recent.length === 0 ? ['No request yet.'] : [table(state.recent)]),
    `Runs on ${state.host}.`,
    '[Show requests](command:ringfence.requests.show) · [Menu](command:ringfence.menu)',
  ].join('\n\n');
}

function headline(state: ServedByState): readonly string[] {
  return [
    ...(state.off === undefined ? [] : [`Off: ${escape(state.off)}.`]),
    ...(state.localOnly ? [`$(lock) Local only: ${escape(state.localOnly.why)}.`] : []),
    ...(state.problem ? [`$(warning) ${escape(state.problem.message)} ${escape(state.problem.action ?? '')}`] : []),
  ];
}

function table(recent: readonly Receipt[]): string {
  return [
    '| | request | served by | sent | tokens | time | held back |',
    '|---|---|---|--:|--:|--:|--:|',
    ...recent.map(row),
  ].join('\n');
}

function row(receipt: Receipt): string {
  const held = receipt.verdict.parts.filter((part) => part.decision === 'drop').length;
  const { promptTokens, outputTokens } = receipt.usage;
  return `| ${[
    `$(${zoneIcon(zoneOfReceipt(receipt))})`,
    escape(`${receipt.intent} · ${receipt.served?.model ?? receipt.model.model}`),
    escape(servedWhere(receipt)),
    formatBytes(receipt.bytesOut),
    promptTokens === undefined && outputTokens === undefined ? '–' : `${promptTokens ?? '?'} → ${outputTokens ?? '?'}`,
    formatDuration(receipt.durationMs),
    held === 0 ? '–' : String(held),
  ].join(' | ')} |`;
}

/** Model and host names come from servers: nothing in them may become markup, a link or an icon. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}
