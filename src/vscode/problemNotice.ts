import * as vscode from 'vscode';
import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import type { BackendError, ErrorReason } from '../core/exchange/stream.ts';

/** Tells of a failure that one action mends: at most once for each cause and session, never modal. */
export type ProblemNotice = { readonly show: (error: BackendError, model: ModelRef) => void };

export function createProblemNotice(): ProblemNotice {
  const told = new Set<string>();
  return {
    show: (error, model) => {
      const mend = mends[error.reason];
      const cause = `${error.reason} ${model.backend} ${error.reason === 'model-missing' ? model.model : ''}`;
      if (!mend || told.has(cause)) return;
      told.add(cause);
      void offer(error, { mend, model });
    },
  };
}

type Mend = { readonly label: string; readonly command: string; readonly takesModel?: true };

/** Failures of the kind that will not mend themselves, and the one command that helps. */
const mends: Readonly<Partial<Record<ErrorReason, Mend>>> = {
  'model-missing': { label: 'Download', command: 'ringfence.models.pull', takesModel: true },
  'no-insert': { label: 'Choose Model', command: 'ringfence.models.selectForCompletion' },
  unauthorized: { label: 'Set API Key', command: 'ringfence.keys.set' },
};

async function offer(
  error: BackendError,
  { mend, model }: { readonly mend: Mend; readonly model: ModelRef },
): Promise<void> {
  if ((await vscode.window.showWarningMessage(error.message, mend.label)) !== mend.label) return;
  await vscode.commands.executeCommand(mend.command, ...(mend.takesModel ? [formatModelRef(model)] : []));
}
