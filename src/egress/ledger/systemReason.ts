/** Why the ledger could not be written, in one sentence for the user, from a system error's code. */
export function systemReason(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The request ledger could not be written: the disk is full.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'The request ledger could not be written: its folder is not writable.';
    case 'GROWN':
      return 'The request ledger could not be written: another process wrote to the same file.';
    default: {
      const detail = cause instanceof Error ? cause.message : String(cause);
      return `The request ledger could not be written: ${detail}`;
    }
  }
}
