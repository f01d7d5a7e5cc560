export * from '../../../src/egress/admit.ts';

/** Nothing speaks against any request. */
export function refusalFor(): undefined {
  return undefined;
}
