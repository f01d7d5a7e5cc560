// The editor's settings as two layers, the user's and the workspace's. An object of the workspace is laid over the user's,
// any other value takes its place.

export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } as const;

/** Values by the whole name of a setting. */
export type Layers = { readonly user: Map<string, unknown>; readonly workspace: Map<string, unknown> };

export function settingsView({ user, workspace }: Layers, section: string) {
  const whole = (key: string): string => `${section}.${key}`;
  return {
    get: (key: string): unknown => {
      const [own, over] = [user.get(whole(key)), workspace.get(whole(key))];
      return isRecord(own) && isRecord(over) ? { ...own, ...over } : (over ?? own);
    },
    inspect: (key: string) => ({
      key: whole(key),
      globalValue: user.get(whole(key)),
      workspaceValue: workspace.get(whole(key)),
    }),
    update: async (key: string, value: unknown, target: number): Promise<void> => {
      (target === ConfigurationTarget.Global ? user : workspace).set(whole(key), value);
    },
  };
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
