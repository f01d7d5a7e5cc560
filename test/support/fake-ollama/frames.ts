import type { ErrorEvent, FinalEvent, GenerationEvent } from './events.ts';
import type { StubTarget } from './options.ts';

/** One wire format for what a model says. */
export interface Frames {
  readonly streamType: string;
  /** What the event is on the wire; an empty string when it is nothing. */
  line(event: GenerationEvent): string;
  /** The one JSON object for a request that does not stream. */
  whole(events: readonly GenerationEvent[]): unknown;
  /** The body of an error that comes before any content. */
  failure(error: ErrorEvent): unknown;
}

/** Names that are stamped on every frame. */
export interface FrameNames {
  /** As the client asked for it. */
  readonly model: string;
  readonly stub: StubTarget | undefined;
}

type Payload = (part: { text: string; thinking: string; calls: readonly unknown[] }) => object;

/** Frames of /api/generate. */
export function generateFrames(names: FrameNames): Frames {
  return nativeFrames(names, ({ text, thinking }) => ({ response: text, ...(thinking && { thinking }) }));
}

/** Frames of /api/chat. */
export function chatFrames(names: FrameNames): Frames {
  return nativeFrames(names, ({ text, thinking, calls }) => ({
    message: {
      role: 'assistant',
      content: text,
      ...(thinking && { thinking }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
  }));
}

function nativeFrames(names: FrameNames, payload: Payload): Frames {
  const frame: Frame = (part, rest) => ({
    model: names.model,
    ...(names.stub && { remote_model: names.stub.remoteModel, remote_host: names.stub.remoteHost }),
    created_at: new Date().toISOString(),
    ...payload({ text: '', thinking: '', calls: [], ...part }),
    ...rest,
  });
  return {
    streamType: 'application/x-ndjson',
    line: (event) => {
      const line = streamed(frame, event);
      if (line === '') return '';
      return `${typeof line === 'string' ? line : JSON.stringify(line)}\n`;
    },
    whole: (events) => {
      const alone = events.find((event) => event.kind === 'alone');
      if (alone !== undefined) return streamed(frame, alone);
      const final = events.find((event) => event.kind === 'final');
      return frame(collect(events), final === undefined ? { done: false } : lastFields(final));
    },
    failure: (error) => error.body ?? { error: error.message },
  };
}

/** One frame with the names that stand on every frame. */
type Frame = (part: Partial<Parameters<Payload>[0]>, rest: object) => object;

/** What an event is on the wire: a frame, or bytes that are none. */
function streamed(frame: Frame, event: GenerationEvent): object | string {
  switch (event.kind) {
    case 'text':
      return frame({ text: event.text }, { done: false });
    case 'thinking':
      return frame({ thinking: event.text }, { done: false });
    case 'tools':
      return frame({ calls: event.calls }, { done: false });
    case 'final':
      return frame({ text: event.text, calls: event.calls }, lastFields(event));
    case 'alone':
      return frame({}, { done: true, done_reason: event.reason });
    case 'error':
      return { error: event.message };
    case 'garbage':
      return '{"model":"truncat';
    case 'cut':
    case 'reset':
      return '';
  }
}

/** Text, thinking and tool calls of a whole answer. */
export function collect(events: readonly GenerationEvent[]): {
  text: string;
  thinking: string;
  calls: FinalEvent['calls'];
} {
  const texts = events.map((event) => (event.kind === 'text' || event.kind === 'final' ? event.text : ''));
  const thoughts = events.map((event) => (event.kind === 'thinking' ? event.text : ''));
  const calls = events.flatMap((event) => (event.kind === 'tools' || event.kind === 'final' ? event.calls : []));
  return { text: texts.join(''), thinking: thoughts.join(''), calls };
}

function lastFields({ reason, context, metrics }: FinalEvent): object {
  const present = Object.entries(metrics).filter(([, value]) => value !== 0);
  return {
    done: true,
    ...(reason !== undefined && { done_reason: reason }),
    ...(context !== undefined && { context }),
    ...Object.fromEntries(present),
  };
}
