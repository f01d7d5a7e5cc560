import type { Receipt } from '../audit/receipt.ts';
import { isEmbedded } from '../embedded/embeddedModel.ts';
import type { ModelRef } from '../exchange/model.ts';
import type { Zone } from '../label/reach.ts';
import { formatBytes, formatDuration } from '../protocol/amounts.ts';
import type { CompletionOff } from './completionOff.ts';
import { briefly, type Mend, type StatusProblem } from './problem.ts';

/** What the status bar has to tell, newest facts only. */
export type ServedByState = {
  /** What keeps completion away from the document at hand, where the user has switched it off. */
  readonly off?: CompletionOff | undefined;
  /** The last failure that the user can mend; gone after the next request that went well. */
  readonly problem?: StatusProblem | undefined;
  readonly loading?: ModelRef | undefined;
  readonly running?: ModelRef | undefined;
  /** A chat uses the server that completion would ask, and goes first. */
  readonly waitsForChat?: boolean;
  readonly localOnly?: LocalOnly | undefined;
  readonly recent: readonly Receipt[];
  /** What kind of machine the extension runs on: `this machine`, `SSH host build01`, … */
  readonly host: string;
};

/**
 * Why nothing beyond this machine is asked. `urgent` when the user meant otherwise: a policy that cannot be read. `mend` is
 * absent where it will be over by itself.
 */
export type LocalOnly = { readonly why: string; readonly urgent: boolean; readonly mend?: Mend };

/** Text with codicons, a spoken label without them, and whether it asks for attention. */
export type ServedBy = { readonly text: string; readonly spoken: string; readonly warning: boolean };

/** What the status bar shows for a state. Who served comes from the receipt's evidence, never from configuration. */
export function servedBy(state: ServedByState): ServedBy {
  if (state.localOnly?.urgent) return { ...show('lock', `Local only · ${state.localOnly.why}`), warning: true };
  const last = state.recent[0];
  // With the engine of this process standing in, nothing is broken for the user; the tooltip still says who is missing.
  const standsIn = last !== undefined && isEmbedded(last.model);
  if (state.problem && !state.problem.passedOver && !standsIn && !state.off)
    return { ...show('warning', briefly(state.problem), state.problem.message), warning: true };
  if (state.loading && standsIn)
    return show(
      'loading~spin',
      `${servedText(last)} · loading ${state.loading.model}`,
      `Loading ${state.loading.model}`,
    );
  if (state.loading) return show('loading~spin', `Loading ${state.loading.model}`);
  if (state.waitsForChat) return show('loading~spin', 'Completion waits for the chat');
  if (state.running)
    return show('loading~spin', last ? servedText(last) : state.running.model, `Running ${state.running.model}`);
  if (state.off) return showOff(state.off, last);
  if (last) return show(zoneIcon(zoneOfReceipt(last)), servedText(last), spokenReceipt(last));
  if (state.localOnly) return show('lock', 'Ringfence · local only', `Ringfence, local only: ${state.localOnly.why}`);
  return show('shield', 'Ringfence', 'Ringfence is ready');
}

/** Chat goes on while completion is off, and who served it is told. */
function showOff({ icon, brief, why }: CompletionOff, last: Receipt | undefined): ServedBy {
  if (last?.intent !== 'chat') return show(icon, brief, why);
  const zone = zoneIcon(zoneOfReceipt(last));
  return show(
    zone,
    `${servedText(last)} · ${brief.charAt(0).toLowerCase()}${brief.slice(1)}`,
    `${spokenReceipt(last)}. ${why}`,
  );
}

/** The codicon of a zone. */
export function zoneIcon(zone: Zone | undefined): string {
  switch (zone) {
    case 'device':
      return 'lock';
    case 'perimeter':
      return 'server';
    case 'cloud':
      return 'cloud';
    case undefined:
      return 'circle-slash';
  }
}

/** Where a request was served, in words: the machine for the device, the upstream or the host beyond it. */
export function servedWhere(receipt: Receipt): string {
  const proof = receipt.proof;
  if (receipt.verdict.kind === 'refuse' || !proof) return 'not sent';
  if (proof.zone === 'device') return isEmbedded(receipt.model) ? 'this machine' : proof.evidence.host;
  const host = hostOf(proof.evidence.origin);
  const upstream =
    receipt.served?.upstream ?? (proof.evidence.model.kind === 'remote' ? proof.evidence.model.host : undefined);
  return upstream && upstream !== host ? `${upstream} via ${host}` : host;
}

/** The zone that a receipt proves; undefined where nothing was sent. */
export function zoneOfReceipt(receipt: Receipt): Zone | undefined {
  return receipt.verdict.kind === 'refuse' ? undefined : receipt.proof?.zone;
}

function servedText(receipt: Receipt): string {
  const model = receipt.served?.model ?? receipt.model.model;
  if (receipt.verdict.kind === 'refuse') return `${receipt.model.model} · not sent`;
  return `${model} · ${servedWhere(receipt)} · ${formatDuration(receipt.durationMs)}`;
}

function spokenReceipt(receipt: Receipt): string {
  const kept = receipt.verdict.parts.filter((part) => part.decision === 'drop').length;
  const held = kept === 0 ? '' : `, ${kept} ${kept === 1 ? 'part' : 'parts'} held back`;
  if (receipt.verdict.kind === 'refuse') return `Last request was not sent: ${receipt.verdict.cause.message}`;
  const left =
    zoneOfReceipt(receipt) === 'device' ? 'nothing left this machine' : `${formatBytes(receipt.bytesOut)} sent`;
  return `Last request served by ${receipt.served?.model ?? receipt.model.model}, ${servedWhere(receipt)}, ${formatDuration(receipt.durationMs)}, ${left}${held}`;
}

function show(icon: string, text: string, spoken = text): ServedBy {
  return { text: `$(${icon}) ${text}`, spoken, warning: false };
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
