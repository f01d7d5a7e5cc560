import * as vscode from 'vscode';
import { formatModelRef, type ModelRef } from '../../core/exchange/model.ts';
import type { BackendError, ErrorReason } from '../../core/exchange/stream.ts';
import type { ModelUse } from '../../core/exchange/unfit.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { completionKeysNaming, useModel } from '../models/useModel.ts';
import { unlinked } from '../unlinked.ts';

/** Tells of a failure that one action mends: at most once for each cause and session, never modal. */
export type ProblemNotice = { readonly show: (error: BackendError, model: ModelRef, use: ModelUse) => void };

type Dependencies = {
  readonly settings: () => Settings;
  /** The installed model that is a missing one under another tag. */
  readonly nearest: (missing: ModelRef, use: ModelUse) => Promise<ModelRef | undefined>;
  /** Who completes while that model does not; undefined where only the engine in this process does. */
  readonly standIn: (missing: ModelRef) => ModelRef | undefined;
};

export function createProblemNotice(dependencies: Dependencies): ProblemNotice {
  const told = new Set<string>();
  return {
    show: (error, model, use) => {
      const find = mends[error.reason];
      const cause = `${error.reason} ${model.backend} ${error.reason === 'unauthorized' ? '' : model.model}`;
      if (!find || told.has(cause)) return;
      told.add(cause);
      void offer(find({ message: error.message, model, use }, dependencies));
    },
  };
}

type Trouble = { readonly message: string; readonly model: ModelRef; readonly use: ModelUse };

/** What the user is told, and the one button below it. */
type Mend = { readonly message: string; readonly label: string; readonly run: () => Thenable<unknown> };

/** Undefined where nothing needs to be done after all. */
type FindMend = (trouble: Trouble, dependencies: Dependencies) => Mend | Promise<Mend | undefined>;

/** Failures of the kind that will not mend themselves, and the one thing that helps. */
const mends: Readonly<Partial<Record<ErrorReason, FindMend>>> = {
  'model-missing': mendMissing,
  'no-insert': ({ message }) => ({ message, ...choose('completion') }),
  unauthorized: ({ message }) => ({ message, label: 'Set API Key', run: command('ringfence.keys.set') }),
};

/**
 * No model takes the place of one that the user has named, unless the user presses the button. One that served completion
 * because it was installed, and has gone, is followed by the next such.
 */
async function mendMissing(
  { message, model, use }: Trouble,
  { settings, nearest, standIn }: Dependencies,
): Promise<Mend | undefined> {
  const found = await nearest(model, use);
  const other = use === 'completion' ? standIn(model) : undefined;
  const meanwhile = other ? ` Meanwhile ${other.model} completes.` : '';
  if (use === 'completion' && completionKeysNaming(model, settings()).length === 0) return undefined;
  if (found)
    return {
      message: `${model.model} is not installed, but ${found.model} is.${meanwhile}`,
      label: `Use ${found.model}`,
      run: () => useModel(found, { missing: model, use, settings: settings() }),
    };
  const kind = settings().backends.find(({ id }) => id === model.backend)?.kind;
  if (kind !== 'ollama') return { message: message + meanwhile, ...choose(use) };
  return {
    message: message + meanwhile,
    label: 'Download',
    run: command('ringfence.models.pull', formatModelRef(model)),
  };
}

function choose(use: ModelUse): Omit<Mend, 'message'> {
  const name = use === 'chat' ? 'ringfence.models.selectForChat' : 'ringfence.models.selectForCompletion';
  return { label: 'Choose Model', run: command(name) };
}

function command(name: string, ...rest: readonly unknown[]): Mend['run'] {
  return () => vscode.commands.executeCommand(name, ...rest);
}

async function offer(found: ReturnType<FindMend>): Promise<void> {
  const mend = await found;
  if (!mend) return;
  const { message, label, run } = mend;
  if ((await vscode.window.showWarningMessage(unlinked(message), label)) === label) await run();
}
