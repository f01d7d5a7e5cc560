import type * as vscode from 'vscode';
import type { Receipt } from '../core/audit/receipt.ts';

/** What cloud requests have cost this month on this machine, in US dollars, as far as servers said. */
export type Spending = { readonly spentUsd: () => number; readonly add: (receipt: Receipt) => void };

/** Kept over restarts; the first request of a month starts from nothing. `now` is milliseconds since 1970. */
export function createSpending(memory: vscode.Memento, now: () => number): Spending {
  const key = (): string => `spentUsd ${new Date(now()).toISOString().slice(0, 7)}`;
  const spent = (): number => memory.get<number>(key(), 0);
  return {
    spentUsd: spent,
    add: ({ usage }) => {
      if (usage.costUsd !== undefined && usage.costUsd > 0) void memory.update(key(), spent() + usage.costUsd);
    },
  };
}
