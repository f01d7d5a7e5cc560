import * as vscode from 'vscode';
import { describeProvenance } from '../core/label/provenance.ts';
import { mayReach, zones, type Zone } from '../core/label/reach.ts';
import type { PolicyDecision } from '../core/policy/port.ts';
import type { RuleRef } from '../core/policy/ruleRef.ts';
import { policyFileName, starterPolicy } from '../core/policy/starter.ts';
import { zoneIcon } from '../core/status/servedBy.ts';
import type { PolicyStore } from './policyStore.ts';
import type { ResourceSource } from './reader.ts';

type Dependencies = { readonly policy: PolicyStore; readonly resources: ResourceSource };

/** Registers the commands that write a first policy file and explain what holds for a file. */
export function registerPolicyCommands(dependencies: Dependencies): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.policy.create', createPolicyFile),
    vscode.commands.registerCommand('ringfence.policy.explainFile', (target: unknown) =>
      explainFile(dependencies, target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri),
    ),
  );
}

/** Writes the starter and opens it. A file that is there already is opened as it is. */
async function createPolicyFile(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (!folder) {
    if (folders.length === 0)
      void vscode.window.showInformationMessage('Open a folder first; the policy file stands at its root.');
    return;
  }
  const file = vscode.Uri.joinPath(folder.uri, policyFileName);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true, contents: new TextEncoder().encode(starterPolicy) });
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(file);
}

type ExplainItem = vscode.QuickPickItem & { readonly rule?: RuleRef };

/** Shows a file's reach, the rules that hold for it with their lines, and one answer for each zone. */
async function explainFile({ policy, resources }: Dependencies, uri: vscode.Uri | undefined): Promise<void> {
  if (!uri) {
    void vscode.window.showInformationMessage('Open the file that you want explained.');
    return;
  }
  await policy.ready;
  const resource = await resources.resolve(uri.toString());
  const decision = policy.decide({ kind: 'file', resource });
  const picked = await vscode.window.showQuickPick<ExplainItem>(items(decision, policy), {
    title: `How far may ${describeProvenance({ kind: 'file', resource })} go?`,
    placeHolder: `Farthest place: ${placeNames[decision.reach]}`,
  });
  if (picked?.rule?.file !== undefined) await openRule(picked.rule.file, picked.rule.line ?? 1);
}

function items(decision: PolicyDecision, policy: PolicyStore): readonly ExplainItem[] {
  return [
    ...zones.map((zone) => zoneItem(zone, decision, policy)),
    {
      label: decision.rules.length === 0 ? 'No rule holds it back' : 'Rules',
      kind: vscode.QuickPickItemKind.Separator,
    },
    ...decision.rules.map(ruleItem),
  ];
}

function zoneItem(zone: Zone, decision: PolicyDecision, policy: PolicyStore): ExplainItem {
  const open = mayReach(decision.reach, zone) && (zone !== 'cloud' || policy.current().kind === 'loaded');
  const by = decision.rules.find((rule) => !mayReach(rule.reach, zone));
  const why = open ? '' : by ? `held back by rule ${by.id}` : (decision.doubt ?? stateWords[policy.current().kind]);
  return {
    label: `$(${open ? 'check' : 'circle-slash'}) $(${zoneIcon(zone)}) ${placeNames[zone]}`,
    description: [open ? 'may go' : 'may not go', why].filter((word) => word !== '').join(' · '),
  };
}

function ruleItem(rule: RuleRef): ExplainItem {
  const place =
    rule.file === undefined
      ? 'built in'
      : `${vscode.workspace.asRelativePath(vscode.Uri.parse(rule.file))}:${rule.line ?? 1}`;
  return {
    label: `$(law) ${rule.id}: ${rule.pattern} → ${rule.reach}`,
    description: place,
    ...(rule.reason !== undefined && {
      detail: [rule.reason, rule.owner].filter((word) => word !== undefined).join(' · '),
    }),
    rule,
  };
}

async function openRule(file: string, line: number): Promise<void> {
  const at = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(file), { selection: at });
}

const placeNames = {
  none: 'no model at all',
  device: 'this machine',
  perimeter: "your organisation's servers",
  cloud: 'the cloud',
} as const;

const stateWords = {
  none: 'there is no policy file',
  loading: 'the policy is being read',
  invalid: 'the policy has an error',
  loaded: '',
} as const;
