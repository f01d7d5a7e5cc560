// CANARY_PAYMENTS_FILE: this file is under a rule; no byte of it may leave this machine.
const feePerMille = 14;

/** The bank's share of an amount, in cents, rounded up. */
export function bankFee(cents: number): number {
  return Math.ceil((cents * feePerMille) / 1000);
}
