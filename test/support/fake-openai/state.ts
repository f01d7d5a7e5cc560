import type { JsonRecord } from '../fake-server/json.ts';
import type { FakeOpenAIOptions, OpenAIModel, OpenAIProfile, Upstream } from './options.ts';

/** All that the routes share. */
export interface OpenAIState {
  readonly profile: OpenAIProfile;
  readonly options: FakeOpenAIOptions;
  readonly models: readonly OpenAIModel[];
  readonly upstream: Upstream;
  /** What OpenRouter's /generation knows, by generation id. */
  readonly generations: Map<string, JsonRecord>;
}

/** The state of a server that has just started. */
export function createState(options: FakeOpenAIOptions): OpenAIState {
  return {
    profile: options.profile ?? 'plain',
    options,
    models: options.models ?? [{ id: 'test/coder-1' }],
    upstream: {
      provider: 'Example Provider',
      apiBase: 'https://inference.example.com/v1',
      attemptedFallbacks: 0,
      region: 'global',
      keepsNothing: true,
      collectsData: false,
      ...options.upstream,
    },
    generations: new Map(),
  };
}
