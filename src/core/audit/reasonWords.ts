import type { RefusalReason } from '../exchange/verdict.ts';

/** What a reason for a refusal means, for people; empty for one that a newer version has written. */
export function reasonWords(reason: string): string {
  return Object.entries(words).find(([name]) => name === reason)?.[1] ?? '';
}

const words = {
  'required-part': 'A part of it may not go there.',
  'no-policy': 'The workspace has no policy.',
  'policy-invalid': 'The policy has an error.',
  'policy-loading': 'The policy was not read yet.',
  'policy-changed': 'The policy changed meanwhile.',
  untrusted: 'The workspace is not trusted.',
  'backend-not-allowed': 'The policy does not allow the backend.',
  'model-not-allowed': 'The policy does not allow the model.',
  'not-proved': 'It was not settled where it would go.',
  'secret-found': 'It held what looks like a secret, or a sensitive value.',
  'ledger-unavailable': 'It could not have been recorded.',
  budget: 'The month’s budget was spent.',
  off: 'Ringfence was switched off.',
} satisfies Readonly<Record<RefusalReason, string>>;
