import * as vscode from 'vscode';
import { mayReach, nearest, type Reach } from '../../core/label/reach.ts';
import { capitalised, reachStatements, stateNames } from '../../core/policy/editor/words.ts';
import type { PolicyDecision } from '../../core/policy/port.ts';
import { hasFile, namesUri } from '../namesUri.ts';
import type { ResourceSource } from '../reader.ts';
import { shortPlace } from './place.ts';
import type { PolicyStore } from './store.ts';
import { unlinked } from '../unlinked.ts';

type Dependencies = { readonly policy: PolicyStore; readonly resources: ResourceSource };

/** The status of the file at hand: how far it may go, by which rule, and the command that explains it. */
export function showReachOfFile({ policy, resources }: Dependencies): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('ringfence.reach', '*');
  item.name = 'Ringfence: Reach of This File';
  item.command = { title: 'Explain', command: 'ringfence.policy.explainFile' };
  let turn = 0;
  const draw = async (): Promise<void> => {
    const mine = ++turn;
    const document = vscode.window.activeTextEditor?.document;
    if (!document) return;
    item.busy = true;
    const decision = await decisionOn(document, { policy, resources });
    if (mine !== turn) return;
    item.busy = false;
    show(item, decision, policy);
  };
  const redraw = (): void => void draw();
  redraw();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(redraw),
    vscode.workspace.onDidGrantWorkspaceTrust(redraw),
    policy.onDidChange(redraw),
  );
}

/** What holds for a document; for one that is not saved yet, whatever keeps it nearer: that, or the file it is to be. */
async function decisionOn(document: vscode.TextDocument, dependencies: Dependencies): Promise<PolicyDecision> {
  if (!document.isUntitled) return decisionOnFile(document, dependencies);
  const unsaved = dependencies.policy.decide({ kind: 'untitled', uri: document.uri.toString() });
  if (!hasFile(document)) return unsaved;
  const file = await decisionOnFile(document, dependencies);
  return nearest(unsaved.reach, file.reach) === unsaved.reach ? unsaved : file;
}

async function decisionOnFile(
  document: vscode.TextDocument,
  { policy, resources }: Dependencies,
): Promise<PolicyDecision> {
  const uri = namesUri(document);
  return policy.decide({ kind: 'file', resource: resources.known(uri) ?? (await resources.resolve(uri)) });
}

function show(item: vscode.LanguageStatusItem, { reach, rules, doubt }: PolicyDecision, policy: PolicyStore): void {
  const state = policy.current();
  const far = mayReach(reach, 'cloud') && state.kind !== 'loaded' ? 'perimeter' : reach;
  const [rule] = rules;
  item.text = `$(${icons[far]}) ${capitalised(reachStatements[far])}`;
  const detail = rule
    ? `rule ${rule.id}${rule.file === undefined ? ', built in' : `, ${shortPlace(rule.file, rule.line)}`}`
    : state.kind === 'invalid'
      ? stateNames.invalid
      : (doubt ?? (far === 'cloud' ? 'no rule holds it back' : 'there is no policy file'));
  item.detail = unlinked(detail);
  item.severity =
    state.kind === 'invalid' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  item.accessibilityInformation = { label: `Ringfence: this file ${reachStatements[far]}, ${detail}` };
}

const icons: Readonly<Record<Reach, string>> = {
  none: 'circle-slash',
  device: 'lock',
  perimeter: 'server',
  cloud: 'cloud',
};
