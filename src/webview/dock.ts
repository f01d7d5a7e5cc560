import type { PanelView, PullView } from '../core/protocol/view.ts';
import { formatBytes } from '../core/protocol/amounts.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** What stands between the conversation and the composer: a notice, a download under way. */
export function dockNodes({ notice, pull }: PanelView, cancelPull: () => void): readonly Node[] {
  return [
    ...(pull ? [pullNode(pull, cancelPull)] : []),
    ...(notice === undefined ? [] : [element('p', { class: 'notice', role: 'status' }, icon('warning'), notice)]),
  ];
}

function pullNode({ model, status, completed, total }: PullView, cancel: () => void): HTMLElement {
  const known = completed !== undefined && total !== undefined && total > 0;
  const bar = element('progress', known ? { value: String(completed), max: String(total) } : {});
  bar.setAttribute('aria-label', `Downloading ${model}`);
  const words = known ? `${formatBytes(completed)} of ${formatBytes(total)}` : status;
  return element(
    'div',
    { class: 'pull' },
    element('div', { class: 'pull-words' }, element('strong', {}, `Downloading ${model}`), ` ${words}`),
    element(
      'div',
      { class: 'pull-bar' },
      bar,
      button({ name: 'Cancel download', kind: 'tool' }, icon('close'), cancel),
    ),
  );
}
