import { modelInUse, starterModel, type BoardEntry } from '../../core/chat/chatState.ts';
import type { ModelList } from '../../core/exchange/guard.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { BackendRecord } from '../../core/settings/settings.ts';
import { followPull, type PullProgress } from '../followPull.ts';
import type { ConverseDesk } from './desk.ts';
import type { ConversePorts } from './ports.ts';

/** Asks every backend for its models. A newer call ends an older one; a server that says nothing is not waited for. */
export type ModelBoard = {
  readonly refresh: () => Promise<void>;
  /** The same, with what was known staying in sight until there is news. */
  readonly lookAgain: () => Promise<void>;
  /** Downloads a model and asks again. Resolves to whether it is there now. */
  readonly pull: (model: ModelRef | undefined) => Promise<boolean>;
  readonly cancelPull: () => void;
  /** Starts Ollama and asks until it answers, a while long. */
  readonly startOllama: () => Promise<boolean>;
  readonly dispose: () => void;
};

/** Milliseconds that a server has to list its models. */
const patience = 10_000;

export function createModelBoard(ports: ConversePorts, desk: ConverseDesk): ModelBoard {
  let asking = new AbortController();
  let pulling = new AbortController();
  let starting = new AbortController();
  const backends = (): readonly BackendRecord[] => ports.settings().backends;
  const refresh = async (): Promise<void> => {
    desk.change((state) => ({ ...state, board: backends().map((backend) => loadingEntry(backend, state.board)) }));
    await lookAgain();
  };
  const lookAgain = async (): Promise<void> => {
    asking.abort();
    const own = (asking = new AbortController());
    await Promise.all(
      backends().map(async (backend) => {
        const list = await listModels(ports, backend, own.signal);
        if (!own.signal.aborted) desk.change((state) => ({ ...state, board: heard(state.board, backend, list) }));
      }),
    );
  };
  return {
    refresh,
    lookAgain,
    pull: async (asked) => {
      pulling.abort();
      const own = (pulling = new AbortController());
      const model = asked ?? starter(ports);
      const done = model ? await pullInSight(ports, desk, { model, signal: own.signal }) : false;
      if (done) await refresh();
      return done;
    },
    cancelPull: () => pulling.abort(),
    startOllama: () => {
      starting.abort();
      starting = new AbortController();
      return startOllama(ports, desk, starting.signal);
    },
    dispose: () => {
      asking.abort();
      pulling.abort();
      starting.abort();
    },
  };
}

/** Starts Ollama and asks until it answers. Resolves to whether a question can be asked now. */
async function startOllama(ports: ConversePorts, desk: ConverseDesk, signal: AbortSignal): Promise<boolean> {
  ports.startOllama();
  for (let tries = 0; tries < 15; tries++) {
    await ports.clock.delay(1000, signal);
    const backend = ports.settings().backends.find(({ kind }) => kind === 'ollama');
    if (!backend || signal.aborted) return false;
    const list = await listModels(ports, backend, signal);
    if (list.kind === 'failed') continue;
    desk.change((state) => ({ ...state, board: heard(state.board, backend, list) }));
    return modelInUse(desk.state(), ports.settings().chat.model) !== undefined;
  }
  desk.change((state) => ({ ...state, notice: noOllama }));
  return false;
}

const noOllama = 'Ollama does not answer. If it is not on this machine yet, get it from ollama.com/download.';

async function listModels(
  { guard, clock, log }: ConversePorts,
  { id }: BackendRecord,
  signal: AbortSignal,
): Promise<ModelList> {
  const limit = new AbortController();
  const tooLate = clock.delay(patience, AbortSignal.any([signal, limit.signal])).then((): ModelList => {
    return { kind: 'failed', error: { reason: 'timeout', message: `${id} did not list its models in time.` } };
  });
  try {
    return await Promise.race([guard.models(id, AbortSignal.any([signal, limit.signal])), tooLate]);
  } catch (cause) {
    log(`Listing the models of ${id} failed: ${cause instanceof Error ? cause.name : 'unknown cause'}`);
    return { kind: 'failed', error: { reason: 'unexpected', message: `${id} could not list its models.`, cause } };
  } finally {
    limit.abort();
  }
}

/** Downloads a model in sight of the user. Resolves to whether it is there now. */
async function pullInSight(
  { guard, log }: ConversePorts,
  desk: ConverseDesk,
  { model, signal }: { readonly model: ModelRef; readonly signal: AbortSignal },
): Promise<boolean> {
  const show = (progress: PullProgress): void => desk.change((state) => ({ ...state, pull: { model, ...progress } }));
  desk.change((state) => ({ ...state, pull: { model, status: 'Starting' }, notice: undefined }));
  const end = await followPull({ guard, log, tell: show }, model, signal);
  const notice = end.kind === 'failed' ? end.message : undefined;
  // A newer download has a line of its own by now.
  desk.change((state) => (state.pull?.model === model ? { ...state, pull: undefined, notice } : state));
  return end.kind === 'done';
}

function starter({ settings }: ConversePorts): ModelRef | undefined {
  const backend = settings().backends.find(({ kind }) => kind === 'ollama');
  return backend && { backend: backend.id, model: starterModel.model };
}

/** What was known of a backend stays in sight while it is asked again. */
function loadingEntry(backend: BackendRecord, board: readonly BoardEntry[]): BoardEntry {
  const models = board.find((entry) => entry.backend.id === backend.id)?.models ?? [];
  return { backend, loading: true, models };
}

function heard(board: readonly BoardEntry[], backend: BackendRecord, list: ModelList): readonly BoardEntry[] {
  const entry: BoardEntry =
    list.kind === 'models'
      ? { backend, loading: false, models: list.models }
      : { backend, loading: false, models: [], error: list.error };
  return board.map((old) => (old.backend.id === backend.id ? entry : old));
}
