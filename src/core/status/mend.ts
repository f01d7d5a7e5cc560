import { errorAction } from '../chat/problem.ts';
import { formatModelRef, type ModelRef } from '../exchange/model.ts';
import type { ActionId } from '../protocol/view.ts';
import { policyMends, type Mend, type StatusProblem } from './problem.ts';

/** What the user can do about a failure; undefined where waiting or trying again is all. */
export function mendFor(problem: StatusProblem): Mend | undefined {
  const { model = unnamed, kind } = problem;
  const act = errorAction(problem, model, kind);
  // Another model of a server that lists none would not help.
  if (act?.id === 'choose-model' && !problem.model) return openBackends;
  const command = act && commands[act.id];
  if (!command) return undefined;
  if (act.id === 'open-settings') return { ...openBackends, label: act.label };
  return { label: act.label, command, args: act.id === 'pull' ? [formatModelRef(model)] : [] };
}

const openBackends: Mend = {
  label: 'Open settings',
  command: 'workbench.action.openSettings',
  args: ['ringfence.backends'],
};

const commands: Readonly<Partial<Record<ActionId, string>>> = {
  'start-ollama': 'ringfence.models.start',
  pull: 'ringfence.models.pull',
  'choose-model': 'ringfence.models.selectForCompletion',
  'set-key': 'ringfence.keys.set',
  'open-settings': openBackends.command,
};

/** Every command that mends something. */
export const mendCommands: readonly string[] = [
  ...Object.values(commands),
  ...Object.values(policyMends).map(({ command }) => command),
];

/** Only where a model is missing is it named by what helps. */
const unnamed: ModelRef = { backend: '', model: '' };
