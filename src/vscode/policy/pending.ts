import * as vscode from 'vscode';
import { weakeningKey } from '../../core/policy/weakening.ts';
import type { PolicyStore } from './store.ts';

const review = 'ringfence.policy.reviewChanges';

/** Says that a change of the policy would let files go farther and is held back: in the status bar, and once aloud. */
export function showPending(policy: PolicyStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('policyPending', vscode.StatusBarAlignment.Left, 20);
  item.name = 'Ringfence: Policy Changes Held Back';
  item.command = review;
  const told = new Set<string>();
  const draw = (): void => {
    const { pending } = policy.current();
    if (pending.length === 0) return item.hide();
    const changes = `${pending.length} ${pending.length === 1 ? 'change' : 'changes'}`;
    item.text = `$(shield) Policy loosening held back (${pending.length})`;
    item.tooltip = `${changes} of the policy would let files go farther. Review them.`;
    item.accessibilityInformation = { label: `Ringfence: ${changes} of the policy held back. Review`, role: 'button' };
    item.show();
    const isNews = pending.some((change) => !told.has(weakeningKey(change)));
    if (!vscode.workspace.isTrusted || !isNews) return;
    for (const change of pending) told.add(weakeningKey(change));
    void tell(changes);
  };
  draw();
  return vscode.Disposable.from(item, policy.onDidChange(draw));
}

async function tell(changes: string): Promise<void> {
  const picked = await vscode.window.showInformationMessage(
    `Ringfence holds back ${changes} of the policy that would let files go farther.`,
    'Review',
  );
  if (picked !== undefined) await vscode.commands.executeCommand(review);
}
