import {
  actionIds,
  type ActionId,
  type ModelGroupView,
  type ModelView,
  type PanelView,
} from '../core/protocol/view.ts';
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
  acts: {
    readonly chooseModel: (ref: string) => void;
    readonly refreshModels: () => void;
    readonly act: (action: ActionId) => void;
  },
): ModelButton {
  let panel: PanelView | undefined;
  const open = (): void => {
    acts.refreshModels();
    openModels({ picker, panel, owner: node, choose: acts.chooseModel, act: acts.act });
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
        element(
          'span',
          { class: 'model-words' },
          element(
            'span',
            { class: 'model-name' },
            element('span', {}, model ? lastPart(model.name) : 'No model'),
            icon('down'),
          ),
          model && element('span', { class: 'model-zone' }, placeWord(model.zone)),
        ),
      );
    },
  };
}

/** The registry and the account before a long name say less than its end. */
function lastPart(name: string): string {
  return name.split('/').at(-1) ?? name;
}

/** Opens the list of models, each with the zone it would be served in. */
export function openModels({
  picker,
  panel,
  owner,
  choose,
  act,
}: {
  readonly picker: Picker;
  readonly panel: PanelView | undefined;
  readonly owner: HTMLElement;
  readonly choose: (ref: string) => void;
  /** Does what helps against the trouble of a server. */
  readonly act: (action: ActionId) => void;
}): void {
  if (!panel) return;
  picker.open({
    name: listName,
    choices: modelChoices(panel),
    ...(panel.model ? { active: panel.model.ref } : {}),
    side: 'bottom',
    owner,
    choose: ({ id }) => {
      const action = actionOf(id);
      if (action) act(action);
      else choose(id);
    },
  });
}

function modelChoices({ groups }: PanelView): readonly Choice[] {
  return groups.flatMap((group): readonly Choice[] => {
    const { backend, models, loading, problem, relay } = group;
    const relays = relay === undefined ? [] : [relayChoice(backend, relay)];
    if (models.length > 0) return [...models.map((model) => modelChoice(model, backend)), ...relays];
    const label = problem ?? (loading ? 'Asking for models…' : 'No models');
    return [{ id: `note ${backend}`, label, group: backend, inert: true }, ...mendChoices(group)];
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

function mendChoices({ backend, mend }: ModelGroupView): readonly Choice[] {
  if (!mend) return [];
  return [{ id: `act ${mend.id} ${backend}`, label: mend.label, drawing: icon('next'), group: backend }];
}

/** What an entry of the list does, where it is not a model: no model's name begins so, for a backend's id has no space. */
function actionOf(id: string): ActionId | undefined {
  const [mark, wanted] = id.split(' ');
  return mark === 'act' ? actionIds.find((action) => action === wanted) : undefined;
}

function relayChoice(backend: string, relay: string): Choice {
  return {
    id: `act open-settings ${backend}`,
    label: 'May forward: counts as the cloud. Set its zone…',
    detail: relay,
    drawing: icon('warning'),
    title: relay,
    group: backend,
  };
}
