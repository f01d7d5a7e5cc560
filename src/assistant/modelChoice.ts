import { embeddedModel } from '../core/embedded/embeddedModel.ts';
import { chooseChatModel, chooseCompletionModel } from '../core/exchange/chooseModel.ts';
import type { ListedModel } from '../core/exchange/guard.ts';
import { sameModel, type ModelRef } from '../core/exchange/model.ts';
import { nearestModel } from '../core/exchange/nearestModel.ts';
import type { ModelUse } from '../core/exchange/unfit.ts';
import { createInstalledModels, type InstalledModelsPorts } from './installedModels.ts';

/** Which models serve, by the user's settings and, where they name none, by what is installed on this machine. */
export type ModelChoice = {
  /** Who may complete, the user's wish first, then a nearer model for files that may not go there. */
  readonly forCompletion: () => readonly ModelRef[];
  /** The model a question goes to that names none. Asks the backends if nothing is known yet. */
  readonly forChat: () => Promise<ModelRef | undefined>;
  /** The installed model that is a missing one under another tag, to be offered to the user. Asks its server anew. */
  readonly nearest: (missing: ModelRef, use: ModelUse) => Promise<ModelRef | undefined>;
  /** Who completes while that model does not: one that is known to be there, other than the engine in this process. */
  readonly standIn: (missing: ModelRef) => ModelRef | undefined;
  /** Asks the backends on this machine anew, at most once at a time and not more often than its backoff allows. */
  readonly refresh: () => Promise<void>;
  /** The user comes back, perhaps from where a server was started: where no model is known the backends are asked at once. */
  readonly lookAgain: () => void;
  /** Forgets what was listed, for example because the settings changed. */
  readonly reset: () => void;
};

export function createModelChoice(ports: InstalledModelsPorts): ModelChoice {
  const { settings } = ports;
  const installed = createInstalledModels(ports);
  const knowsNone = (): boolean => installed.known().length === 0;

  const forCompletion = (): readonly ModelRef[] => {
    const { model, nearerModel, embedded } = settings().completion;
    if (knowsNone()) void installed.refresh();
    const local = chooseCompletionModel(installed.known());
    // The engine in this process comes last, so that it speaks where no server does.
    return unique([model ?? local, nearerModel ?? local, embedded ? embeddedModel : undefined]);
  };
  return {
    forCompletion,
    forChat: async () => {
      const { model } = settings().chat;
      if (model) return model;
      if (knowsNone()) await installed.refresh();
      return chooseChatModel(installed.known());
    },
    nearest: async (missing, use) => {
      // The user is told beside it who completes meanwhile: that is known once the first list is.
      if (knowsNone()) await installed.refresh();
      const models = await installed.of(missing.backend);
      return models && nearestModel(missing, models, use);
    },
    standIn: (missing) =>
      forCompletion().find(
        (other) => !sameModel(other, missing) && installed.known().some((each) => mayStepIn(each, other)),
      ),
    refresh: installed.refresh,
    lookAgain: () => {
      if (!knowsNone()) return;
      installed.hurry();
      void installed.refresh();
    },
    reset: installed.reset,
  };
}

/** Nothing in the cloud steps in for another. */
function mayStepIn({ info, proof }: ListedModel, model: ModelRef): boolean {
  return sameModel(info.ref, model) && proof.zone !== 'cloud';
}

function unique(refs: readonly (ModelRef | undefined)[]): readonly ModelRef[] {
  const named = refs.filter((ref) => ref !== undefined);
  return named.filter((ref, index) => named.findIndex((other) => sameModel(other, ref)) === index);
}
