import { embeddedModel } from '../core/embedded/embeddedModel.ts';
import { chooseChatModel, chooseCompletionModel } from '../core/exchange/chooseModel.ts';
import type { Guard, ListedModel, ModelList } from '../core/exchange/guard.ts';
import { sameModel, type ModelRef } from '../core/exchange/model.ts';
import { nearestModel } from '../core/exchange/nearestModel.ts';
import type { ModelUse } from '../core/exchange/unfit.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { Settings } from '../core/settings/settings.ts';

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

type Ports = {
  readonly guard: Pick<Guard, 'models'>;
  readonly settings: () => Settings;
  /** Milliseconds. */
  readonly now: () => number;
  /** Between 0 and 1. */
  readonly random?: () => number;
  /** A signal that aborts after so many milliseconds. */
  readonly deadline: (ms: number) => AbortSignal;
  /** Told when no backend on this machine answers, and with undefined when one does again. */
  readonly trouble: (error: BackendError | undefined) => void;
  /** Told when models are known after none were. */
  readonly listed: () => void;
};

/**
 * Milliseconds between two lookups: short at first, longer while nothing answers. Up to a quarter more is left to chance, so
 * that the windows of one person do not all ask at the same moment.
 */
const backoff = { first: 1_000, most: 60_000 } as const;
const listingMs = 10_000;

export function createModelChoice(ports: Ports): ModelChoice {
  const { guard, settings, now, deadline, trouble, random = Math.random } = ports;
  let listed: readonly ListedModel[] = [];
  let running: Promise<void> | undefined;
  let wait: number = backoff.first;
  let notBefore = 0;
  let generation = 0;

  const list = async (backend: string): Promise<ModelList> => {
    const live = deadline(listingMs);
    try {
      return await guard.models(backend, live);
    } catch (cause) {
      const reason = live.aborted ? 'timeout' : 'unexpected';
      return { kind: 'failed', error: { reason, message: `${backend} did not list its models.`, cause } };
    }
  };
  const look = async (): Promise<void> => {
    const mine = generation;
    const local = settings().backends.filter((backend) => backend.kind === 'ollama');
    const lists = await Promise.all(local.map(({ id }) => list(id)));
    // The settings have changed meanwhile: what was asked by the old ones does not count.
    if (mine !== generation) return;
    const knewNone = listed.length === 0;
    listed = lists.flatMap((list) => (list.kind === 'models' ? list.models : []));
    const failed = lists.find((list) => list.kind === 'failed');
    const silent = failed !== undefined && !lists.some((list) => list.kind === 'models');
    const found = listed.length > 0;
    notBefore = now() + (found ? backoff.first : wait) * (1 + random() / 4);
    wait = found ? backoff.first : Math.min(wait * 2, backoff.most);
    trouble(silent && failed.kind === 'failed' ? failed.error : undefined);
    if (knewNone && found) ports.listed();
  };
  const refresh = (): Promise<void> => {
    if (running) return running;
    if (now() < notBefore) return Promise.resolve();
    const asked = look().finally(() => {
      if (running === asked) running = undefined;
    });
    running = asked;
    return asked;
  };
  const forCompletion = (): readonly ModelRef[] => {
    const { model, nearerModel } = settings().completion;
    if (listed.length === 0) void refresh();
    const local = chooseCompletionModel(listed);
    const engine = settings().completion.embedded ? embeddedModel : undefined;
    // The engine in this process comes last, so that it speaks where no server does.
    return unique([model ?? local, nearerModel ?? local, engine]);
  };
  return {
    forCompletion,
    forChat: async () => {
      const { model } = settings().chat;
      if (model) return model;
      if (listed.length === 0) await refresh();
      return chooseChatModel(listed);
    },
    nearest: async (missing, use) => {
      // Who completes meanwhile is told beside it: that is known when the first list is.
      if (listed.length === 0) await refresh();
      const mine = generation;
      const fresh = await list(missing.backend);
      if (fresh.kind === 'failed') return undefined;
      const others = listed.filter(({ info }) => info.ref.backend !== missing.backend);
      // A model that was chosen because it was there is not chosen again.
      if (mine === generation && others.length < listed.length) listed = [...others, ...fresh.models];
      return nearestModel(missing, fresh.models, use);
    },
    standIn: (missing) =>
      forCompletion().find((other) => !sameModel(other, missing) && listed.some((each) => mayStepIn(each, other))),
    refresh,
    lookAgain: () => {
      if (listed.length > 0) return;
      wait = backoff.first;
      notBefore = 0;
      void refresh();
    },
    reset: () => {
      listed = [];
      generation += 1;
      running = undefined;
      wait = backoff.first;
      notBefore = 0;
    },
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
