import type { SettingScope } from './explanation.ts';

/** Whose settings decide. */
export const scopeWords: Readonly<Record<SettingScope, string>> = {
  user: 'your settings',
  workspace: "this workspace's settings",
};
