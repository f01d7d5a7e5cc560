import * as vscode from 'vscode';
import type { InlineSettings } from '../../assistant/completeInline/ports.ts';
import type { Switched, SwitchedOff } from '../../core/completion/switches.ts';
import type { Unwanted } from '../../core/completion/why/explanation.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import { isFimFamily } from '../../core/prompt/fimFamilies.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { decidingScope, decidingScopeOfEntry } from '../settings/settingScope.ts';

/** What inline completion reads of the settings. */
export function inlineSettings({ completion, contextLength }: Settings, models: readonly ModelRef[]): InlineSettings {
  const { trigger, delay, lines, maxLines, warm, templates } = completion;
  return {
    models,
    trigger,
    delay,
    lines,
    maxLines,
    contextLength,
    warm,
    templateFor: ({ model }) => {
      const chosen = templates[model];
      return chosen === 'suffix' || isFimFamily(chosen) ? chosen : undefined;
    },
  };
}

/** A document as the user's switches see it. Outside every workspace folder its whole path counts. */
export function switchedOf({ uri, languageId }: Pick<vscode.TextDocument, 'uri' | 'languageId'>): Switched {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const base = folder ? `${folder.uri.path.replace(/\/$/, '')}/` : '/';
  return { languageId, path: uri.path.startsWith(base) ? uri.path.slice(base.length) : uri.path.replace(/^\/+/, '') };
}

/** Says whose settings switched something off. */
export function withScope(off: SwitchedOff): Unwanted {
  switch (off.kind) {
    case 'off':
      return { kind: 'off', scope: decidingScope('completion.enabled') };
    case 'language': {
      const own = decidingScopeOfEntry('completion.languages', off.language);
      const scope = own === 'workspace' ? own : decidingScopeOfEntry('completion.languages', '*');
      return { ...off, scope };
    }
    case 'excluded':
      return { ...off, scope: decidingScope('completion.exclude') };
  }
}
