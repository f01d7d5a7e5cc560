import { userInfo } from 'node:os';
import path from 'node:path';
import type { System } from '../core/label/identityPath.ts';

/** Where the administrator's and the user's own policy lie on this machine, as absolute paths. */
export type PolicyPlaces = { readonly managed: string; readonly user: string };

/**
 * The fixed places for each system. The home folder comes from the system's account data, not from the environment: a
 * folder's own shell set-up could point `HOME` or `XDG_CONFIG_HOME` to a laxer policy.
 */
export function policyPlaces(system: System, home: string = userInfo().homedir): PolicyPlaces {
  switch (system) {
    case 'linux':
      return { managed: '/etc/ringfence/policy.jsonc', user: path.posix.join(home, '.config/ringfence/policy.jsonc') };
    case 'macos':
      return {
        managed: '/Library/Application Support/Ringfence/policy.jsonc',
        user: path.posix.join(home, 'Library/Application Support/Ringfence/policy.jsonc'),
      };
    case 'windows':
      return {
        managed: 'C:\\ProgramData\\Ringfence\\policy.jsonc',
        user: path.win32.join(home, 'AppData\\Roaming\\Ringfence\\policy.jsonc'),
      };
  }
}
