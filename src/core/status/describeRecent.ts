import type { Receipt } from '../audit/receipt.ts';
import { isEmbedded } from '../embedded/embeddedModel.ts';
import type { CompletionOff } from './completionOff.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';
import { mendCommands, mendFor } from './mend.ts';
import type { Mend } from './problem.ts';
import { recentTable } from './recentTable.ts';
import type { ServedByState } from './servedBy.ts';

/** The status item's tooltip as Markdown: why it is local only or off, then the last requests, newest first. */
export function describeRecent(state: ServedByState): string {
  return [
    ...headline(state),
    ...(state.recent.length === 0 ? ['No request yet.'] : [recentTable(state.recent)]),
    ...engineWords(state.recent),
    `Ringfence runs on ${state.host}.`,
    [
      ...mendLinks(state),
      ...snoozeLink(state.off),
      link('Show requests', 'ringfence.requests.show'),
      link('Menu', 'ringfence.menu'),
    ].join(' · '),
  ].join('\n\n');
}

/** The commands behind the tooltip's links; no other works in it. */
export const tooltipCommands: readonly string[] = [
  'ringfence.requests.show',
  'ringfence.menu',
  'ringfence.completion.endSnooze',
  ...mendCommands,
];

function headline({ off, localOnly, problem, recent: [last] }: ServedByState): readonly string[] {
  const refused = last?.verdict.kind === 'refuse' ? last.verdict.cause : undefined;
  return [
    ...(off ? [`$(${off.icon}) ${escapeMarkdown(off.why)}`] : []),
    ...(localOnly ? [`$(lock) Local only: ${escapeMarkdown(localOnly.why)}.`] : []),
    ...(problem ? [`$(warning) ${escapeMarkdown([problem.message, problem.action ?? ''].join(' ').trim())}`] : []),
    ...(refused ? [`$(circle-slash) Not sent: ${escapeMarkdown(refused.message)}`] : []),
  ];
}

/** Nobody has chosen this one, so it is said what it is. */
function engineWords([last]: readonly Receipt[]): readonly string[] {
  return last !== undefined && isEmbedded(last.model)
    ? ['$(info) *embedded* is the engine in this editor: it suggests from your own code while no model does.']
    : [];
}

/** What is broken is mended first; being local only is no fault. */
function mendLinks({ problem, localOnly }: ServedByState): readonly string[] {
  const mend = problem && mendFor(problem);
  return [...(mend ? [`**${mendLink(mend)}**`] : []), ...(localOnly?.mend ? [mendLink(localOnly.mend)] : [])];
}

function mendLink({ label, command, args }: Mend): string {
  return link(label, command, args);
}

function snoozeLink(off: CompletionOff | undefined): readonly string[] {
  return off?.kind === 'snoozed' ? [link('End the snooze', 'ringfence.completion.endSnooze')] : [];
}

function link(label: string, command: string, args: readonly string[] = []): string {
  // A bracket in a model's name must not end the link.
  const query = encodeURIComponent(JSON.stringify(args)).replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${escapeMarkdown(label)}](command:${command}${args.length === 0 ? '' : `?${query}`})`;
}
