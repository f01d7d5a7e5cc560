import type { ModelRef } from '../../core/exchange/model.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import type { Refusal } from '../../core/exchange/verdict.ts';
import type { FitModel, ModelLookup } from './models.ts';
import type { Patience } from './patience.ts';
import type { InlineCompletionPorts } from './ports.ts';
import type { PromptDesk } from './prompts.ts';
import type { WhyBook } from './why.ts';

/** A model that can fill in code, to be asked for the answer to a job. */
export type Candidate = { readonly model: ModelRef; readonly facts: FitModel };

/** How asking a model ended. `next`: it cannot serve the job, and nothing need be said of that. */
export type CandidateEnd =
  | { readonly kind: 'served' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'next' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** What the steps of asking a candidate share. */
export type AskingParts = {
  readonly ports: InlineCompletionPorts;
  readonly models: ModelLookup;
  readonly prompts: PromptDesk;
  readonly book: WhyBook;
  readonly patience: Patience;
};
