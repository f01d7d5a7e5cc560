import { pipeErrorIn, type PipeError } from '../../core/exchange/pipeError.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import { HttpFailure } from '../httpFailure.ts';

/**
 * What went wrong, for a person. `model` names the model where one was asked for. The server's own words are matched, as
 * they are its protocol (server/routes.go, llm/), but never shown: they may quote the request.
 */
export function explainOllama(
  error: unknown,
  { origin, model }: { readonly origin: string; readonly model?: string },
): BackendError {
  const pipe = pipeErrorIn(error);
  if (pipe) return explainPipe(pipe, origin);
  if (error instanceof HttpFailure) return explainStatus(error, model ?? 'the model');
  return {
    reason: 'unexpected',
    message: 'Ollama answered in a way that Ringfence does not understand.',
    // The name only: the message of a parser quotes what it could not parse.
    cause: error instanceof Error ? error.name : typeof error,
  };
}

/** An error frame inside a stream that began well. */
export function explainFrame(text: string, model: string): BackendError {
  return explainText(text, model) ?? loadFailure(text, model) ?? broken;
}

function explainPipe(error: PipeError, origin: string): BackendError {
  const base = { message: error.message, cause: error };
  switch (error.reason) {
    case 'refused':
      return {
        ...base,
        reason: 'not-running',
        message: `Ollama is not running at ${origin}.`,
        action: 'Start it with: ollama serve',
      };
    case 'unreachable':
    case 'certificate':
      return { ...base, reason: 'not-running', action: 'Check the address in ringfence.backends.' };
    case 'idle':
      return { ...base, reason: 'timeout', action: 'Try again, or choose a smaller model.' };
    case 'no-answer':
      return { ...base, reason: 'timeout', action: 'If that lasts, start Ollama anew.' };
    case 'reset':
      return {
        ...base,
        reason: 'broken-stream',
        action: 'Try again; if it happens again, look at the log of ollama serve.',
      };
    case 'redirected':
      return { ...base, reason: 'redirected', action: 'Write the final address in ringfence.backends.' };
    case 'peer':
    case 'not-permitted':
    case 'scan':
    case 'aborted':
      return { ...base, reason: 'not-permitted' };
  }
}

function explainStatus(failure: HttpFailure, model: string): BackendError {
  const { status, text } = failure;
  const known = explainText(text, model) ?? byStatus[status < 300 ? 404 : status];
  if (known) return { ...known, cause: failure };
  if (status >= 500) return { ...(loadFailure(text, model) ?? serverFailure(model)), cause: failure };
  return {
    reason: 'bad-request',
    message: `Ollama did not accept the request (${status}).`,
    action: 'Update Ollama and try again.',
    cause: failure,
  };
}

const byStatus: Readonly<Record<number, BackendError>> = {
  401: {
    reason: 'unauthorized',
    message: 'Ollama asks for a sign-in to run this model.',
    action: 'Sign in with: ollama signin',
  },
  // The body is empty then: the server does not even say that it was about the Host header.
  403: {
    reason: 'forbidden',
    message: 'Ollama refused the request because of the host name it was sent to.',
    action: 'Use the address http://localhost:11434, or let the proxy in between set Host to localhost:11434.',
  },
  404: {
    reason: 'unexpected',
    message: 'The server does not know this request; it may not be Ollama.',
    action: 'Check the address in ringfence.backends.',
  },
  413: {
    reason: 'too-long',
    message: 'A proxy in front of Ollama refused the request as too large.',
    action: 'Attach less.',
  },
  429: {
    reason: 'rate-limited',
    message: 'The server asks to slow down.',
    action: 'Wait a moment and try again.',
  },
  502: {
    reason: 'upstream-failed',
    message: 'A proxy in front of Ollama got no answer from it.',
    action: 'Wait until the model is loaded and try again.',
  },
  503: {
    reason: 'busy',
    message: 'Ollama is busy and takes no more requests.',
    action: 'Wait a moment and try again.',
  },
  504: {
    reason: 'upstream-failed',
    message: 'A proxy in front of Ollama did not wait for it.',
    action: 'Wait until the model is loaded and try again.',
  },
};

/** Texts mean the same whichever status or frame carries them. */
function explainText(text: string, model: string): BackendError | undefined {
  return byText.find(([pattern]) => pattern.test(text))?.[1](model);
}

const byText: readonly (readonly [pattern: RegExp, explain: (model: string) => BackendError])[] = [
  [
    /^model ['"].*['"] not found/,
    (model) => ({
      reason: 'model-missing',
      message: `${model} is not installed.`,
      action: `Download it with: ollama pull ${model}`,
    }),
  ],
  [
    /does not support insert/,
    (model) => ({
      reason: 'no-insert',
      message: `${model} cannot fill in code.`,
      action: 'Choose a code model such as qwen2.5-coder:1.5b.',
    }),
  ],
  [
    /does not support (generate|chat|completion)/,
    (model) => ({ reason: 'bad-request', message: `${model} cannot do this.`, action: 'Choose another model.' }),
  ],
  [
    /does not support thinking/,
    (model) => ({
      reason: 'bad-request',
      message: `${model} cannot show its thinking.`,
      action: 'Switch thinking off for it.',
    }),
  ],
  [
    /longer than the context length|exceeds? the (available )?context|exceed_context_size|input length exceeds/,
    (model) => ({
      reason: 'too-long',
      message: `The request is longer than ${model} can read.`,
      action: 'Attach less, or raise ringfence.contextLength.',
    }),
  ],
  [
    /ollama cloud is disabled|cannot run this remote model/,
    () => ({
      reason: 'forbidden',
      message: 'This is a cloud model, and this Ollama does not allow those.',
      action: 'Choose a local model.',
    }),
  ],
  [
    /server busy/,
    () => ({
      reason: 'busy',
      message: 'Ollama is busy and takes no more requests.',
      action: 'Wait a moment and try again.',
    }),
  ],
];

function loadFailure(text: string, model: string): BackendError | undefined {
  const memory = /requires more (?:system )?memory \(([\d.]+ \w+)\) than is available \(([\d.]+ \w+)\)/.exec(text);
  if (memory)
    return {
      reason: 'load-failed',
      message: `${model} needs ${memory[1]} of memory and ${memory[2]} is free.`,
      action: 'Choose a smaller model or close other programs.',
    };
  if (/memory|cuda|metal|llama-server|runner|unable to load|failed to load|timed out waiting/i.test(text))
    return serverFailure(model);
  return undefined;
}

function serverFailure(model: string): BackendError {
  return {
    reason: 'load-failed',
    message: `Ollama could not run ${model}.`,
    action: 'Look at the log of ollama serve, or choose a smaller model.',
  };
}

const broken: BackendError = {
  reason: 'broken-stream',
  message: 'Ollama stopped in the middle of the answer.',
  action: 'Try again.',
};
