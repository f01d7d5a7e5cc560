import type { Guard, ListedModel, ModelList } from '../core/exchange/guard.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { Settings } from '../core/settings/settings.ts';

/** The models on the servers of this machine, as they were listed last. */
export type InstalledModels = {
  readonly known: () => readonly ListedModel[];
  /** Asks all backends on this machine anew, at most once at a time and not more often than the backoff allows. */
  readonly refresh: () => Promise<void>;
  /** Asks one backend, of any kind, at once; undefined where it does not answer. */
  readonly of: (backend: string) => Promise<readonly ListedModel[] | undefined>;
  /** Forgets the backoff: the next look is at once. */
  readonly hurry: () => void;
  /** Forgets what was listed, for example because the settings changed. */
  readonly reset: () => void;
};

export type InstalledModelsPorts = {
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

export function createInstalledModels(ports: InstalledModelsPorts): InstalledModels {
  const { settings, now, random = Math.random } = ports;
  let known: readonly ListedModel[] = [];
  let running: Promise<void> | undefined;
  let wait: number = backoff.first;
  let notBefore = 0;
  /** Counts the resets: an answer to a question from before the last one does not count. */
  let generation = 0;

  const look = async (): Promise<void> => {
    const mine = generation;
    const local = settings().backends.filter((backend) => backend.kind === 'ollama');
    const lists = await Promise.all(local.map(({ id }) => list(id, ports)));
    if (mine !== generation) return;
    const knewNone = known.length === 0;
    known = lists.flatMap((each) => (each.kind === 'models' ? each.models : []));
    const found = known.length > 0;
    notBefore = now() + (found ? backoff.first : wait) * (1 + random() / 4);
    wait = found ? backoff.first : Math.min(wait * 2, backoff.most);
    ports.trouble(troubleIn(lists));
    if (knewNone && found) ports.listed();
  };
  const hurry = (): void => {
    wait = backoff.first;
    notBefore = 0;
  };
  return {
    known: () => known,
    refresh: () => {
      if (running) return running;
      if (now() < notBefore) return Promise.resolve();
      const asked = look().finally(() => {
        if (running === asked) running = undefined;
      });
      running = asked;
      return asked;
    },
    of: async (backend) => {
      const mine = generation;
      const fresh = await list(backend, ports);
      if (fresh.kind === 'failed') return undefined;
      const others = known.filter(({ info }) => info.ref.backend !== backend);
      if (mine === generation && others.length < known.length) known = [...others, ...fresh.models];
      return fresh.models;
    },
    hurry,
    reset: () => {
      known = [];
      generation += 1;
      running = undefined;
      hurry();
    },
  };
}

async function list(
  backend: string,
  { guard, deadline }: Pick<InstalledModelsPorts, 'guard' | 'deadline'>,
): Promise<ModelList> {
  const live = deadline(listingMs);
  try {
    return await guard.models(backend, live);
  } catch (cause) {
    const reason = live.aborted ? 'timeout' : 'unexpected';
    return { kind: 'failed', error: { reason, message: `${backend} did not list its models.`, cause } };
  }
}

/** What keeps every backend from answering; undefined where one answers. */
function troubleIn(lists: readonly ModelList[]): BackendError | undefined {
  if (lists.some(({ kind }) => kind === 'models')) return undefined;
  return lists.find((each) => each.kind === 'failed')?.error;
}
