import * as vscode from 'vscode';
import { capitalised, layerNames } from '../../core/policy/editor/words.ts';
import type { Weakening } from '../../core/policy/weakening.ts';
import { acceptChanges, changes } from './accept.ts';
import { shortPlace, showPlace } from './place.ts';
import type { PolicyStore } from './store.ts';

/**
 * Shows one by one what a change of the policy would let go farther, and lets the user accept each of them, or all, in a second
 * step. What is committed in a stricter form still holds after that, and is said so.
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
    placeHolder: 'Each of these would let files go farther. Choose one to judge it.',
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  const [change, ...more] = picked?.chosen ?? [];
  if (!change) return;
  const again =
    more.length === 0
      ? await judge(policy, { hash, change })
      : await acceptChanges(policy, { hash, chosen: [change, ...more] });
  if (again && isWorthAnotherLook(policy, pending)) await reviewChanges(policy);
}

/** Whether something is left to be accepted, other than the only change that was just kept back. */
function isWorthAnotherLook(policy: PolicyStore, before: readonly Weakening[]): boolean {
  const left = policy.current().pending.filter((change) => !isCommitted(change));
  return left.length > 0 && (left.length > 1 || before.length > 1);
}

type Item = vscode.QuickPickItem & { readonly chosen?: readonly Weakening[] };

function items(pending: readonly Weakening[]): readonly Item[] {
  const committed = pending.filter(isCommitted);
  const waiting = pending.filter((change) => !isCommitted(change));
  return [
    ...group('Until you accept', waiting),
    ...group('Until committed', committed),
    ...(waiting.length < 2 ? [] : [separator(''), acceptAllItem(waiting)]),
  ];
}

function isCommitted({ heldBy }: Weakening): boolean {
  return heldBy === 'HEAD';
}

function group(title: string, pending: readonly Weakening[]): readonly Item[] {
  return pending.length === 0 ? [] : [separator(title), ...pending.map(changeItem)];
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function changeItem(change: Weakening): Item {
  return {
    label: `$(lock) ${change.message}`,
    detail: `${capitalised(layerNames[change.layer])}, ${placeOf(change)}`,
    chosen: [change],
  };
}

function acceptAllItem(waiting: readonly Weakening[]): Item {
  return {
    label: `$(unlock) Accept all ${changes(waiting.length)}…`,
    detail: 'You are asked once more.',
    chosen: waiting,
    alwaysShow: true,
  };
}

function placeOf({ file, line, side }: Weakening): string {
  return `${shortPlace(file, line)}${side === 'before' ? ', as it was' : ''}`;
}

type Judged = { readonly hash: string; readonly change: Weakening };

/** Asks what to do with one change; true when the list is wanted again. */
async function judge(policy: PolicyStore, { hash, change }: Judged): Promise<boolean> {
  const keep = { label: '$(lock) Keep holding it back' };
  const show = { label: '$(go-to-file) Show it', description: placeOf(change) };
  const accept = { label: '$(unlock) Accept it: files may go farther' };
  const picked = await vscode.window.showQuickPick(isCommitted(change) ? [keep, show] : [keep, show, accept], {
    title: change.message,
    placeHolder: isCommitted(change)
      ? 'The last commit holds it back: it takes effect once the policy file is committed.'
      : 'What it held back may then leave this machine.',
    ignoreFocusOut: true,
  });
  if (picked === show) await showPlace(change.file, change.line);
  if (picked !== accept) return picked === keep;
  return acceptChanges(policy, { hash, chosen: [change], isConfirmed: true });
}
