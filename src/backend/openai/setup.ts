import type { FimFamily } from '../../core/prompt/fimFamilies.ts';
import type { Place } from '../backend.ts';
import type { Profile } from './profile.ts';

/** One server that speaks OpenAI's protocol. */
export type OpenAISetup = {
  readonly id: string;
  readonly base: string;
  readonly place: Place;
  readonly profile: Profile;
  readonly keyFor: (backendId: string) => Promise<string | undefined>;
  /** The FIM template that the user chose for a model. */
  readonly templateFor: (model: string) => FimFamily | 'suffix' | undefined;
};
