/** How a runner takes a prompt. */
export interface PromptWindow {
  readonly contextLength: number;
  /** Tokens at the start that survive a cut. */
  readonly keep: number;
  readonly truncate: boolean;
  /** Whether the runner was loaded with context shift. */
  readonly shift: boolean;
}

export type FittedPrompt =
  | { readonly kind: 'fits'; readonly tokens: readonly string[]; readonly truncated: boolean }
  | { readonly kind: 'too-long'; readonly message: string };

const shiftOff =
  'the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length';

/**
 * Cuts a prompt that is too long the way the server does: the first `keep` tokens and the tail, together about half the
 * context. With `truncate` off it is refused in the words of the runner beneath, which are JSON within the error text.
 */
export function fitPrompt(tokens: readonly string[], window: PromptWindow): FittedPrompt {
  const most = window.contextLength - 1;
  if (tokens.length <= most) return { kind: 'fits', tokens, truncated: false };
  if (!window.truncate) return { kind: 'too-long', message: runnerWords(tokens.length, window.contextLength) };
  if (!window.shift) return { kind: 'too-long', message: shiftOff };
  const keep = window.keep < 0 ? most : Math.min(window.keep, most);
  const limit = window.contextLength - Math.max(1, Math.floor((window.contextLength - keep) / 2));
  const tail = limit > keep ? tokens.slice(keep - limit) : [];
  return { kind: 'fits', tokens: [...tokens.slice(0, keep), ...tail], truncated: true };
}

function runnerWords(promptTokens: number, contextLength: number): string {
  return JSON.stringify({
    error: {
      code: 400,
      message: `request (${promptTokens} tokens) exceeds the available context size (${contextLength} tokens), try increasing it`,
      type: 'exceed_context_size_error',
      n_prompt_tokens: promptTokens,
      n_ctx: contextLength,
    },
  });
}
