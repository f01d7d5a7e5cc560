import * as vscode from 'vscode';

/**
 * Holds the place of commands whose owner is not loaded yet: one that is called waits for it and is then called again. To be
 * disposed before the owner registers.
 */
export function holdCommands(commands: readonly string[], load: () => Promise<unknown>): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map((command) =>
      vscode.commands.registerCommand(command, async (...args: readonly unknown[]): Promise<unknown> => {
        await load();
        return vscode.commands.executeCommand(command, ...args);
      }),
    ),
  );
}

/** Every command that an extension's manifest declares. */
export function declaredCommands(manifest: unknown): readonly string[] {
  const contributes = field(manifest, 'contributes');
  const commands = field(contributes, 'commands');
  return Array.isArray(commands)
    ? commands.map((entry) => field(entry, 'command')).filter((command) => typeof command === 'string')
    : [];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
