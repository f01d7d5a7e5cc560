import * as vscode from 'vscode';
import { modelDetail } from '../../core/chat/modelDetail.ts';
import type { Guard, ListedModel, ModelList } from '../../core/exchange/guard.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import { unfitFor, type ModelUse } from '../../core/exchange/unfit.ts';
import { zoneWords } from '../../core/protocol/words.ts';
import type { BackendRecord, Settings } from '../../core/settings/settings.ts';
import { mendFor } from '../../core/status/mend.ts';
import type { Mend, StatusProblem } from '../../core/status/problem.ts';
import { zoneIcon } from '../../core/status/servedBy.ts';
import { inlineSettings } from '../completion/settings.ts';
import { unlinked } from '../unlinked.ts';

export type PickDependencies = {
  readonly guard: Pick<Guard, 'models' | 'describe'>;
  readonly settings: () => Settings;
};

/**
 * Lets the user choose a model: of each server first those that serve the purpose, then the others with the reason why they
 * do not. Who takes one of those is told so and can choose again. `none`: the choice that was made before is taken back.
 */
export async function pickModel(dependencies: PickDependencies, use: ModelUse): Promise<ModelRef | 'none' | undefined> {
  for (;;) {
    const picked = await vscode.window.showQuickPick(itemsFor(dependencies, use), {
      title: use === 'chat' ? 'Model for chat' : 'Model for completion',
      placeHolder: 'Written into your settings, for every window',
      matchOnDescription: true,
    });
    if (picked?.act) await vscode.commands.executeCommand(picked.act.command, ...picked.act.args);
    if (picked?.unfit === undefined) return picked?.ref ?? (picked === noneChosen ? 'none' : undefined);
    const again = 'Choose Another';
    if ((await vscode.window.showWarningMessage(unlinked(picked.unfit), again)) !== again) return undefined;
  }
}

/** A model, or what else can be done about models. */
type ModelItem = vscode.QuickPickItem & { readonly ref?: ModelRef; readonly unfit?: string; readonly act?: Act };

type Act = Pick<Mend, 'command' | 'args'>;

/** Milliseconds that a server has to list its models. */
const patience = 10_000;

async function itemsFor(dependencies: PickDependencies, use: ModelUse): Promise<ModelItem[]> {
  const { guard, settings } = dependencies;
  const groups = settings().backends.map(async (backend): Promise<ModelItem[]> => {
    const list = await guard.models(backend.id, AbortSignal.timeout(patience)).catch(() => silent(backend));
    return [
      { label: backend.id, kind: vscode.QuickPickItemKind.Separator },
      ...(list.kind === 'models'
        ? [
            ...(await sorted(list.models, (listed) => whyUnfit(dependencies, { listed, use, backend }))),
            ...(backend.kind === 'ollama' ? [download] : []),
          ]
        : [problemItem({ ...list.error, kind: backend.kind })]),
    ];
  });
  return [...(await Promise.all(groups)).flat(), ...(settings()[use].model ? [noGroup, noneChosen] : [])];
}

const noGroup: ModelItem = { label: '', kind: vscode.QuickPickItemKind.Separator };
const noneChosen: ModelItem = { label: '$(discard) None in particular', description: 'one that is installed is found' };

const download: ModelItem = {
  label: '$(cloud-download) Download a model…',
  act: { command: 'ringfence.models.pull', args: [] },
};

/** A server that lists nothing: a choice of the row does what helps. */
function problemItem(problem: StatusProblem): ModelItem {
  const mend = mendFor(problem);
  const detail = mend?.label ?? problem.action;
  return { label: `$(warning) ${problem.message}`, ...(detail && { detail }), ...(mend && { act: mend }) };
}

function silent({ id }: BackendRecord): ModelList {
  return { kind: 'failed', error: { reason: 'timeout', message: `${id} did not list its models.` } };
}

async function sorted(
  models: readonly ListedModel[],
  whyNot: (listed: ListedModel) => Promise<string | undefined>,
): Promise<ModelItem[]> {
  const judged = await Promise.all(models.map(async (listed) => ({ listed, unfit: await whyNot(listed) })));
  const fit = judged.filter(({ unfit }) => unfit === undefined);
  const others = judged.filter(({ unfit }) => unfit !== undefined);
  return [...fit, ...others].map(({ listed, unfit }) => modelItem(listed, unfit));
}

type Candidate = { readonly listed: ListedModel; readonly use: ModelUse; readonly backend: BackendRecord };

/**
 * A renamed copy shows what it can do in its template only, which lists do not have: the user's own servers are asked for it.
 */
async function whyUnfit(
  { guard, settings }: PickDependencies,
  { listed: { info, proof }, use, backend }: Candidate,
): Promise<string | undefined> {
  const override = inlineSettings(settings(), []).templateFor(info.ref);
  const why = unfitFor(use, info, override);
  if (why === undefined || use === 'chat' || backend.kind !== 'ollama' || proof.zone === 'cloud') return why;
  const described = await guard.describe(info.ref, AbortSignal.timeout(patience)).catch(() => undefined);
  return described?.kind === 'described' ? unfitFor(use, described.info, override) : why;
}

function modelItem(listed: ListedModel, unfit: string | undefined): ModelItem {
  const { info, proof } = listed;
  const icon = unfit === undefined ? zoneIcon(proof.zone) : 'circle-slash';
  return {
    label: `$(${icon}) ${info.ref.model}`,
    description: [zoneWords[proof.zone], modelDetail(listed)].filter((word) => word !== undefined).join(' · '),
    ref: info.ref,
    ...(unfit === undefined ? {} : { detail: unfit, unfit }),
  };
}
