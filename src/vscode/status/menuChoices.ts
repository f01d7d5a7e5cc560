import * as vscode from 'vscode';
import type { CompletionSettings } from '../../core/settings/settings.ts';
import { writeSetting } from '../settings/settingScope.ts';

/** What the pause before a suggestion is called. */
export function delayWords(delay: CompletionSettings['delay']): string {
  if (delay === 'adaptive') return 'by your typing';
  return delay === 0 ? 'none' : `${delay} ms`;
}

export const lengthWords: Readonly<Record<CompletionSettings['lines'], string>> = {
  auto: 'by the code around the cursor',
  single: 'one line',
  multiple: 'as much as the model says',
};

/** Asks how long to wait after a key, and sets it. */
export async function chooseDelay(): Promise<void> {
  const delays = ['adaptive', 0, 150, 300, 600] as const;
  const choices = delays.map((value) => ({ label: delayWords(value), value }));
  const picked = await vscode.window.showQuickPick(choices, { title: 'Pause before a suggestion' });
  if (picked) await writeSetting('completion.delay', picked.value);
}

/** Asks how much to suggest at once, and sets it. */
export async function chooseLength(): Promise<void> {
  const lengths = ['auto', 'single', 'multiple'] as const;
  const choices = lengths.map((value) => ({ label: lengthWords[value], value }));
  const picked = await vscode.window.showQuickPick(choices, { title: 'Length of suggestions' });
  if (picked) await writeSetting('completion.lines', picked.value);
}
