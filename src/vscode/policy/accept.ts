import * as vscode from 'vscode';
import type { Weakening } from '../../core/policy/weakening.ts';
import type { PolicyStore } from './store.ts';

type Acceptance = {
  /** Of the state in which the changes were shown. */
  readonly hash: string;
  readonly chosen: readonly Weakening[];
  /** Whether the user has already been asked once more. */
  readonly isConfirmed?: boolean;
};

/** Accepts changes of the policy after asking once more; true when the user should see what is left. */
export async function acceptChanges(
  policy: PolicyStore,
  { hash, chosen, isConfirmed = false }: Acceptance,
): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage('Trust the workspace first; until then nothing of it is accepted.');
    return false;
  }
  if (!isConfirmed && !(await confirm(chosen.length))) return true;
  if (await policy.accept(hash, chosen)) {
    tellAccepted(policy.current().pending);
    return true;
  }
  const again = await vscode.window.showWarningMessage(
    'The policy has changed meanwhile, so nothing was accepted.',
    'Review Again',
  );
  return again !== undefined;
}

export function changes(count: number): string {
  return `${count} ${count === 1 ? 'change' : 'changes'}`;
}

async function confirm(count: number): Promise<boolean> {
  const yes = { label: `$(unlock) Accept ${changes(count)}: files may go farther` };
  const picked = await vscode.window.showQuickPick([{ label: '$(lock) Keep holding them back' }, yes], {
    title: `Accept ${changes(count)} of the policy?`,
    placeHolder: 'What they held back may then leave this machine, as the policy on disk says.',
    ignoreFocusOut: true,
  });
  return picked === yes;
}

function tellAccepted(left: readonly Weakening[]): void {
  const committed = left.filter(({ heldBy }) => heldBy === 'HEAD').length;
  if (left.length === 0) return void vscode.window.showInformationMessage('The policy on disk holds now.');
  if (committed < left.length) return;
  void vscode.window.showInformationMessage(
    `Accepted. ${changes(committed)} ${committed === 1 ? 'is' : 'are'} still held back by the last commit: commit the policy file.`,
  );
}
