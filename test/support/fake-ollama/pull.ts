import type { Exchange } from '../fake-server/fake-server.ts';
import { text } from '../fake-server/json.ts';
import { pause } from '../fake-server/pause.ts';
import { bodyProblem, knowsSources } from './lookup.ts';
import { parseModelRef, pulledCloudName, withTag } from './names.ts';
import type { PullableModel, PullLayer } from './options.ts';
import { storedModel, type OllamaState } from './state.ts';

type Progress =
  | { readonly status: string; readonly digest?: string; readonly total?: number; readonly completed?: number }
  | { readonly error: string };

/** POST /api/pull. Progress frames until `success`; a client that leaves stops the download, the next one resumes it. */
export async function answerPull(state: OllamaState, exchange: Exchange): Promise<void> {
  const { wire, body, signal, note } = exchange;
  const problem = bodyProblem(exchange, 'PullRequest', { model: 'string', name: 'string', stream: 'boolean' });
  if (problem !== undefined) return wire.json(problem.status, { error: problem.message });
  const ref = parseModelRef(text(body['model']) || text(body['name']) || '', { sources: knowsSources(state) });
  if (ref.kind === 'conflict') return wire.json(400, { error: ref.message });
  if (ref.kind !== 'ref') return wire.json(400, { error: 'invalid model name' });
  const name = ref.source === 'cloud' ? pulledCloudName(ref.base) : ref.base;
  const stream = body['stream'] !== false;
  let last: Progress = { status: '' };
  for await (const frame of pull(state, { name, cloudBase: ref.source === 'cloud' ? ref.base : undefined, signal })) {
    last = frame;
    if ('error' in frame) note({ outcome: 'error' });
    if (!stream) continue;
    wire.head(200, { 'content-type': 'application/x-ndjson' });
    await wire.write(`${JSON.stringify(frame)}\n`);
  }
  if (signal.aborted) return;
  if (stream) wire.end();
  else await wire.json('error' in last ? 500 : 200, last);
}

interface Download {
  readonly name: string;
  /** Set when a cloud name is pulled: what is stored is a stub. */
  readonly cloudBase: string | undefined;
  readonly signal: AbortSignal;
}

async function* pull(state: OllamaState, { name, cloudBase, signal }: Download): AsyncGenerator<Progress> {
  yield { status: 'pulling manifest' };
  const stub = { remoteHost: 'https://ollama.com:443', remoteModel: cloudBase ?? '' };
  const offered = cloudBase === undefined ? state.pullable.get(withTag(name)) : { name, stub, layers: [] };
  if (offered === undefined) {
    yield { error: 'pull model manifest: file does not exist' };
    return;
  }
  for (const layer of offered.layers ?? [usualLayer]) {
    const arrived = yield* download(state, offered, { layer, signal });
    if (!arrived) return;
  }
  yield { status: 'verifying sha256 digest' };
  yield { status: 'writing manifest' };
  const replaced = state.models.has(withTag(name));
  state.models.set(withTag(name), storedModel({ ...offered, name }));
  if (replaced) yield { status: 'removing unused layers' };
  yield { status: 'success' };
}

const usualLayer: PullLayer = {
  digest: 'sha256:6a0746a1ec1aef3e7ec53868f220ff6e389f6f8ef87a01d77c96807de94ca2aa',
  total: 986_062_089,
};

/** True when the layer is complete. */
async function* download(
  state: OllamaState,
  offered: PullableModel,
  { layer, signal }: { readonly layer: PullLayer; readonly signal: AbortSignal },
): AsyncGenerator<Progress, boolean> {
  const { digest, total } = layer;
  const status = `pulling ${digest.replace('sha256:', '').slice(0, 12)}`;
  const step = offered.stepBytes ?? Math.ceil(total / 5);
  let completed = state.downloaded.get(digest) ?? 0;
  // A first frame without `completed`: the field is left out while it is zero.
  yield { status, digest, total, ...(completed > 0 && { completed }) };
  while (completed < total) {
    if (!(await pause(offered.stepMs ?? 0, signal))) return false;
    const { failure } = offered;
    if (failure !== undefined && completed >= failure.afterBytes && !state.failedPulls.has(digest)) {
      state.failedPulls.add(digest);
      yield { error: failure.message };
      return false;
    }
    completed = Math.min(total, completed + step);
    state.downloaded.set(digest, completed);
    yield { status, digest, total, completed };
  }
  return true;
}
