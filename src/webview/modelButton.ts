import type { ModelView, PanelView } from '../core/protocol/view.ts';
import { placeWord } from '../core/protocol/words.ts';
import { button, element } from './element.ts';
import { icon, reachIcon } from './icons.ts';
import type { Choice } from './listbox.ts';
import type { Picker } from './picker.ts';

/** The button that says which model is asked and where it runs, and opens the list of all of them. */
export type ModelButton = {
  readonly node: HTMLElement;
  readonly update: (panel: PanelView) => void;
  readonly open: () => void;
};

const listName = 'Choose a model';

export function createModelButton(
  picker: Picker,
  acts: { readonly chooseModel: (ref: string) => void; readonly refreshModels: () => void; readonly vouch: () => void },
): ModelButton {
  let panel: PanelView | undefined;
  const open = (): void => {
    acts.refreshModels();
    openModels({ picker, panel, owner: node, choose: acts.chooseModel, vouch: acts.vouch });
  };
  const node = button({ name: listName, kind: 'model' }, undefined, open);
  node.setAttribute('aria-haspopup', 'listbox');
  return {
    node,
    open,
    update: (next) => {
      panel = next;
      picker.refresh(listName, modelChoices(next));
      const { model } = next;
      node.title = model ? `${model.name}, ${placeWord(model.zone)}\n${model.because}` : listName;
      node.setAttribute(
        'aria-label',
        model ? `Model: ${model.name}, ${placeWord(model.zone)}. ${listName}` : `No model. ${listName}`,
      );
      node.replaceChildren(
        model ? reachIcon(model.zone) : icon('barred'),
        element('span', { class: 'model-name' }, model?.name ?? 'No model'),
        ...(model ? [element('span', { class: 'model-zone' }, placeWord(model.zone))] : []),
        icon('down'),
      );
    },
  };
}

/** Opens the list of models, each with the zone it would be served in. */
export function openModels({
  picker,
  panel,
  owner,
  choose,
  vouch,
}: {
  readonly picker: Picker;
  readonly panel: PanelView | undefined;
  readonly owner: HTMLElement;
  readonly choose: (ref: string) => void;
  /** Opens the setting that says what zone a server is in. */
  readonly vouch: () => void;
}): void {
  if (!panel) return;
  picker.open({
    name: listName,
    choices: modelChoices(panel),
    ...(panel.model ? { active: panel.model.ref } : {}),
    side: 'bottom',
    owner,
    choose: ({ id }) => (id.startsWith(vouchId) ? vouch() : choose(id)),
  });
}

function modelChoices({ groups }: PanelView): readonly Choice[] {
  return groups.flatMap(({ backend, models, loading, problem, relay }): readonly Choice[] => {
    const relays = relay === undefined ? [] : [relayChoice(backend, relay)];
    if (models.length > 0) return [...models.map((model) => modelChoice(model, backend)), ...relays];
    const label = problem ?? (loading ? 'Asking for models…' : 'No models');
    return [{ id: `note ${backend}`, label, group: backend, inert: true }];
  });
}

function modelChoice({ ref, name, zone, detail, because }: ModelView, group: string): Choice {
  return {
    id: ref,
    label: name,
    detail: [placeWord(zone), ...(detail === undefined ? [] : [detail])].join(' · '),
    drawing: reachIcon(zone),
    title: because,
    group,
  };
}

/** No model's name begins so: a backend's id has no space. */
const vouchId = 'zone of ';

function relayChoice(backend: string, relay: string): Choice {
  return {
    id: `${vouchId}${backend}`,
    label: 'May forward: counts as the cloud. Set its zone…',
    detail: relay,
    drawing: icon('warning'),
    title: relay,
    group: backend,
  };
}
