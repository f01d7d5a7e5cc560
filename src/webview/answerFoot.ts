import type { AnswerView } from '../core/protocol/view.ts';
import { formatBytes, formatDuration } from '../core/protocol/amounts.ts';
import { reachWords, servedLine } from '../core/protocol/words.ts';
import { chip, leftOutList } from './chips.ts';
import { button, element } from './element.ts';
import { icon, reachIcon } from './icons.ts';

export type FootActs = {
  readonly copy: (text: string) => void;
  readonly retry: (answer: string) => void;
  readonly retryWith: (answer: string, owner: HTMLElement) => void;
};

/** Who served an answer, how far it may travel, what did not go along, and what to do with it. */
export function answerFoot(
  view: AnswerView,
  { isLast, acts }: { readonly isLast: boolean; readonly acts: FootActs },
): readonly Node[] {
  return [
    ...servedChips(view),
    ...(view.instead === undefined
      ? []
      : [chip({ kind: 'warned', drawing: icon('warning'), words: `${view.instead}; ${view.model} stepped in` })]),
    ...view.warnings.map((words) => chip({ kind: 'warned', drawing: icon('warning'), words })),
    ...(view.leftOut.length > 0 ? [leftOutDetails(view)] : []),
    element('div', { class: 'answer-tools' }, ...tools(view, isLast, acts)),
  ];
}

function servedChips({ served, reach, why }: AnswerView): readonly Node[] {
  const held =
    reach === 'cloud'
      ? []
      : [chip({ kind: `held reach-${reach}`, drawing: reachIcon(reach), words: reachWords[reach], explained: why })];
  if (!served) return held;
  const facts = [
    ...served.because,
    `${formatBytes(served.bytesOut)} sent to ${served.where}`,
    ...(served.promptTokens === undefined ? [] : [`${served.promptTokens} tokens read`]),
    ...(served.firstTokenMs === undefined ? [] : [`First word after ${formatDuration(served.firstTokenMs)}`]),
    ...(served.costUsd === undefined ? [] : [`Cost $${served.costUsd.toFixed(5)}`]),
  ];
  return [
    chip({
      kind: `served zone-${served.zone}`,
      drawing: reachIcon(served.zone),
      words: servedLine(served),
      explained: facts.join('\n'),
    }),
    ...held,
  ];
}

function leftOutDetails({ leftOut }: AnswerView): HTMLElement {
  const words = leftOut.length === 1 ? 'One part was left out' : `${leftOut.length} parts were left out`;
  return element('details', { class: 'left-out-details' }, element('summary', {}, words), leftOutList(leftOut));
}

function tools(view: AnswerView, isLast: boolean, acts: FootActs): readonly (Node | false)[] {
  const again = view.state.kind !== 'withheld';
  const other = button({ name: 'Try again with another model', kind: 'tool' }, icon('down'), () =>
    acts.retryWith(view.id, other),
  );
  return [
    view.text !== '' && button({ name: 'Copy answer', kind: 'tool' }, icon('copy'), () => acts.copy(view.text)),
    isLast && again && button({ name: 'Try again', kind: 'tool' }, icon('retry'), () => acts.retry(view.id)),
    isLast && again && other,
  ];
}
