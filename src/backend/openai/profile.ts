import type { CloudTerms } from '../approved.ts';
import type { PromptOptions } from '../../core/prompt/labelledPrompt.ts';
import type { JsonObject } from '../json.ts';

/** What distinguishes one OpenAI-compatible product from another: plain data and pure functions, no behaviour of its own. */
export type Profile = {
  /** Headers for every inference request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the server is of no use without a key. */
  readonly needsKey: boolean;
  /** How holes in code are filled: by our own raw prompt on `/completions`, or not at all. */
  readonly fills: boolean;
  /** Fields of every inference body beyond the common ones. */
  readonly fields: (terms: CloudTerms, options: PromptOptions) => JsonObject;
  /** The field that limits the answer's length. */
  readonly lengthField: 'max_tokens' | 'max_completion_tokens';
  /** Who ran the model, from a chunk or from the headers; undefined where nothing says so. */
  readonly upstreamIn: (chunk: JsonObject) => string | undefined;
  readonly upstreamInHeaders: (headers: Headers) => string | undefined;
  /** Whether it can be told which upstreams to use and that they must not keep what they get. */
  readonly keepsTerms: boolean;
};
