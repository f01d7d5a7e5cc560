import type { ActionId, PanelView } from '../core/protocol/view.ts';
import { element } from './element.ts';
import { reachIcon } from './icons.ts';
import { problemNode } from './problem.ts';

/** What an empty chat shows: what stands in the way, or where a question would go. */
export function emptyNode({ setup, model, pull }: PanelView, act: (action: ActionId) => void): HTMLElement {
  const node = element('div', { class: 'empty' });
  if (setup && !pull) node.append(problemNode(setup, act));
  else if (model?.zone)
    node.append(
      element('div', { class: `empty-mark zone-${model.zone}` }, reachIcon(model.zone)),
      element('p', { class: 'empty-head' }, 'Ask about your code'),
      element('p', { class: 'soft' }, promise[model.zone]),
      element(
        'p',
        { class: 'soft' },
        'Type ',
        element('kbd', {}, '@'),
        ' to attach a file. ',
        element('kbd', {}, 'Enter'),
        ' sends, ',
        element('kbd', {}, 'Shift+Enter'),
        ' starts a new line.',
      ),
    );
  return node;
}

const promise = {
  device: 'Answers are made on this machine. Nothing leaves it.',
  perimeter: "Answers are made on your organisation's servers. Files that may not go there stay here.",
  cloud: 'Answers come from the cloud, as far as the policy of this workspace allows. What it holds back stays here.',
} as const;
