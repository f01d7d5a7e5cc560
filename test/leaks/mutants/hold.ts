import { holdPolicy as original, type Held, type HoldInput } from '../../../src/core/policy/hold.ts';

export * from '../../../src/core/policy/hold.ts';

/** Only what lies in the working tree counts. */
export function holdPolicy(input: HoldInput): Held {
  const documents = input.documents.filter(({ version }) => version === 'working tree');
  return original({ ...input, documents, acknowledged: [] });
}
