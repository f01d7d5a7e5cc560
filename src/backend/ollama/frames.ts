import type { BackendError, FinishReason, StreamPart, Usage } from '../../core/exchange/stream.ts';
import { listedName, nameSource } from '../../core/zone/cloudName.ts';
import { numberIn, objectOf, present, textIn, type JsonObject } from '../json.ts';

/** What the frames of one answer are read against. */
export type FrameContext = {
  /** The name as sent, pin included. */
  readonly asked: string;
  /** What the user calls it. */
  readonly shown: string;
  /** The request was let pass because the model was proved to be local; a frame that says otherwise ends it. */
  readonly provedLocal: boolean;
};

/**
 * Reads one frame of `/api/generate` or `/api/chat`. Every frame is looked at, because a local stub that was swapped in
 * since the proof shows itself only by `remote_host` and `remote_model` in the frames.
 */
export function partsOfFrame(value: unknown, context: FrameContext): readonly StreamPart[] {
  const frame = objectOf(value);
  const remote = remoteIn(frame, context);
  if (remote !== undefined && context.provedLocal)
    return [{ kind: 'error', error: becameRemote(remote, context.shown) }];
  const message = objectOf(frame['message']);
  const reasoning = textIn(frame, 'thinking') ?? textIn(message, 'thinking');
  const text = textIn(frame, 'response') ?? textIn(message, 'content');
  return [
    ...(reasoning === undefined ? [] : [{ kind: 'reasoning', text: reasoning } as const]),
    ...(text === undefined ? [] : [{ kind: 'delta', text } as const]),
    ...(frame['done'] === true ? [finish(frame, { context, remote })] : []),
  ];
}

function finish(
  frame: JsonObject,
  { context, remote }: { readonly context: FrameContext; readonly remote: string | undefined },
): StreamPart {
  const named = textIn(frame, 'model');
  return {
    kind: 'finish',
    reason: reasonOf(textIn(frame, 'done_reason')),
    usage: usageOf(frame),
    served: {
      model: named === undefined || listedName(named) === listedName(context.shown) ? context.shown : named,
      ...(remote === undefined ? {} : { upstream: remote }),
    },
  };
}

/** A server older than pins might answer for another model; its name in the frame is the only trace of that. */
function remoteIn(frame: JsonObject, { asked }: FrameContext): string | undefined {
  const host = textIn(frame, 'remote_host') ?? textIn(frame, 'remote_model');
  if (host !== undefined) return host;
  const named = textIn(frame, 'model');
  const pinned = nameSource(asked) === 'local';
  return !pinned && named !== undefined && listedName(named) !== listedName(asked)
    ? `another model (${named})`
    : undefined;
}

function becameRemote(host: string, model: string): BackendError {
  return {
    reason: 'became-remote',
    message: `${model} was local when it was checked, and now ${host} answers for it.`,
    action: 'Remove or rename that model on the server.',
  };
}

/** A server that only loaded or unloaded the model has not answered: nothing follows from its silence. */
function reasonOf(doneReason: string | undefined): FinishReason {
  if (doneReason === 'load' || doneReason === 'unload') return 'incomplete';
  return doneReason === 'length' ? 'length' : 'stop';
}

/** Durations come in nanoseconds, and fields of value zero are left out. */
function usageOf(frame: JsonObject): Usage {
  return present<Usage>({
    promptTokens: numberIn(frame, 'prompt_eval_count'),
    outputTokens: numberIn(frame, 'eval_count'),
    loadMs: milliseconds(frame, 'load_duration'),
    promptMs: milliseconds(frame, 'prompt_eval_duration'),
    outputMs: milliseconds(frame, 'eval_duration'),
    cachedTokens: undefined,
    costUsd: undefined,
  });
}

function milliseconds(frame: JsonObject, key: string): number | undefined {
  const nanoseconds = numberIn(frame, key);
  return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
}
