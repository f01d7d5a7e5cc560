import * as vscode from 'vscode';
import { layerNames } from '../core/policy/editor/words.ts';
import type { Weakening } from '../core/policy/weakening.ts';
import { shortPlace, showPlace } from './policyPlace.ts';
import type { PolicyStore } from './policyStore.ts';

/**
 * Shows one by one what a change of the policy would let go farther, and lets the user accept it in a second step. What is
 * committed in a stricter form still holds after that, and is said so.
 */
export async function reviewChanges(policy: PolicyStore): Promise<void> {
  await policy.ready;
  const { pending, hash } = policy.current();
  if (pending.length === 0) {
    void vscode.window.showInformationMessage('No change of the policy is held back.');
    return;
  }
  const picked = await vscode.window.showQuickPick(items(pending), {
    title: `Policy changes held back (${pending.length})`,
    placeHolder: 'Each of these would let files go farther. Choose one to see it.',
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (picked?.weakening) await showPlace(picked.weakening.file, picked.weakening.line);
  else if (picked?.accept === true) await accept(policy, hash, pending);
}

type Item = vscode.QuickPickItem & { readonly weakening?: Weakening; readonly accept?: boolean };

function items(pending: readonly Weakening[]): readonly Item[] {
  const committed = pending.filter(({ heldBy }) => heldBy === 'HEAD');
  const waiting = pending.filter(({ heldBy }) => heldBy !== 'HEAD');
  return [
    ...group('Held back until you accept them', waiting),
    ...group('Held back until they are committed', committed),
    ...(waiting.length === 0 ? [] : [separator(''), acceptItem(waiting.length)]),
  ];
}

function group(title: string, pending: readonly Weakening[]): readonly Item[] {
  return pending.length === 0 ? [] : [separator(title), ...pending.map(weakeningItem)];
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function weakeningItem(weakening: Weakening): Item {
  const { message, file, line, side, layer } = weakening;
  const place = `${shortPlace(file, line)}${side === 'before' ? ', as it was' : ''}`;
  return { label: `$(unlock) ${message}`, description: place, detail: layerNames[layer], weakening };
}

function acceptItem(count: number): Item {
  return {
    label: `$(check) Accept ${changes(count)}…`,
    detail: 'You are asked once more.',
    accept: true,
    alwaysShow: true,
  };
}

async function accept(policy: PolicyStore, hash: string, pending: readonly Weakening[]): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage('Trust the workspace first; until then nothing of it is accepted.');
    return;
  }
  const count = pending.filter(({ heldBy }) => heldBy !== 'HEAD').length;
  const yes = `$(unlock) Accept ${changes(count)}: files may go farther`;
  const picked = await vscode.window.showQuickPick([{ label: '$(lock) Keep holding them back' }, { label: yes }], {
    title: `Accept ${changes(count)} of the policy?`,
    placeHolder: 'What was held back may then leave this machine, as the policy on disk says.',
    ignoreFocusOut: true,
  });
  if (picked?.label !== yes) return;
  if (await policy.accept(hash)) return tellAccepted(policy.current().pending.length);
  const again = await vscode.window.showWarningMessage(
    'The policy has changed meanwhile, so nothing was accepted.',
    'Review Again',
  );
  if (again !== undefined) await reviewChanges(policy);
}

function tellAccepted(left: number): void {
  const message =
    left === 0
      ? 'The policy on disk holds now.'
      : `Accepted. ${changes(left)} ${left === 1 ? 'is' : 'are'} still held back by the last commit: commit the policy file.`;
  void vscode.window.showInformationMessage(message);
}

function changes(count: number): string {
  return `${count} ${count === 1 ? 'change' : 'changes'}`;
}
