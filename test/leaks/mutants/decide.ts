import type { PolicyDecision } from '../../../src/core/policy/port.ts';

export * from '../../../src/core/policy/decide.ts';

/** No rule ever holds. */
export function decide(): PolicyDecision {
  return { reach: 'cloud', rules: [], declassify: 'confirm' };
}
