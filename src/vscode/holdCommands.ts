import * as vscode from 'vscode';

/**
 * Holds the place of every command that the manifest declares while their owners are being loaded: one that is called early
 * waits and is then called again. To be disposed before the owners register.
 */
export function holdCommands(manifest: unknown, loading: () => Promise<unknown> | undefined): vscode.Disposable {
  return vscode.Disposable.from(
    ...declaredCommands(manifest).map((command) =>
      vscode.commands.registerCommand(command, async (...args: readonly unknown[]): Promise<unknown> => {
        await loading();
        return vscode.commands.executeCommand(command, ...args);
      }),
    ),
  );
}

function declaredCommands(manifest: unknown): readonly string[] {
  const contributes = field(manifest, 'contributes');
  const commands = field(contributes, 'commands');
  return Array.isArray(commands)
    ? commands.map((entry) => field(entry, 'command')).filter((command) => typeof command === 'string')
    : [];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
