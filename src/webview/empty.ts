import type { ActionId, PanelView } from '../core/protocol/view.ts';
import { element } from './element.ts';
import { reachIcon } from './icons.ts';
import { problemNode } from './problem.ts';

/** What an empty chat shows: what stands in the way, or where a question would go. */
export function emptyNode(panel: PanelView, act: (action: ActionId) => void): HTMLElement {
  return element('div', { class: 'empty' }, ...contents(panel, act));
}

function contents({ setup, model, pull, groups }: PanelView, act: (action: ActionId) => void): readonly Node[] {
  if (pull) return [];
  if (setup) return [problemNode(setup, act)];
  if (!model?.zone && groups.some(({ loading }) => loading))
    return [element('div', { class: 'working' }, element('span', { class: 'dots' }), 'Looking for models')];
  if (!model) return [];
  return [
    ...(model.zone ? [element('div', { class: `empty-mark zone-${model.zone}` }, reachIcon(model.zone))] : []),
    element('p', { class: 'empty-head' }, 'Ask about your code'),
    element('p', { class: 'soft' }, promise[model.zone ?? 'unknown']),
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
  ];
}

const promise = {
  device: 'Answers are made on this machine. Nothing leaves it.',
  perimeter: "Answers are made on your organisation's servers. Files that may not go there stay here.",
  cloud: 'Answers come from the cloud, as far as the policy of this workspace allows. What it holds back stays here.',
  unknown: 'Where this model runs is proved when you ask, before anything is sent.',
} as const;
