import type { LedgerStore } from '../../core/audit/ledgerStore.ts';
import { chainPrefix } from '../../core/audit/verifyLedger.ts';
import { openChain, type OpenDeps } from './openChain.ts';
import { retire } from './retire.ts';

/**
 * Lets retention have what it is owed of chains that nobody writes to any more: those of windows that were once open beside
 * others. What cannot be done now is done when the next window opens its chain.
 */
export async function retireIdle(deps: OpenDeps & { readonly store: LedgerStore }): Promise<void> {
  try {
    for await (const chain of deps.store.idle(chainPrefix(deps.digest))) {
      try {
        const owed = await retire(chain, Number.POSITIVE_INFINITY, deps);
        if (owed.length > 0) await openChain(chain, deps, { resume: false });
      } finally {
        await chain.release();
      }
    }
  } catch {
    // No reason to keep a record of today waiting.
  }
}
