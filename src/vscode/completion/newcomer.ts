import * as vscode from 'vscode';

/**
 * A provider that never has anything to say, and has the editor ask all of them. What the editor asked by command it holds to:
 * in that place it asks the same providers no second time, not even for more to choose from. It does where one has come since.
 */
export function createNewcomer() {
  let registration: vscode.Disposable | undefined;
  const leave = (): void => {
    registration?.dispose();
    registration = undefined;
  };
  return {
    /** The editor has asked nothing yet of who comes now, whoever was here before. */
    come: (): void => {
      leave();
      const provider: vscode.InlineCompletionItemProvider = { provideInlineCompletionItems: () => undefined };
      registration = vscode.languages.registerInlineCompletionItemProvider(anyLanguage, provider);
    },
    leave,
    dispose: leave,
  };
}

/** Weaker than a pattern: who looks for our provider by the extension's name finds the one that has something to say first. */
const anyLanguage = '*';
