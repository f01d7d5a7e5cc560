import { userInfo } from 'node:os';
import type { Identity } from '../core/audit/describeReceipt.ts';
import { readGitEmail } from '../node/gitIdentity.ts';

export type IdentitySource = {
  /** A folder that git may be asked in; undefined where none is trusted. */
  readonly trustedFolder: () => string | undefined;
  /** Milliseconds. */
  readonly now: () => number;
};

/** Who uses this editor: the system's user and git's e-mail address. Asked anew after a minute. */
export function createIdentitySource({ trustedFolder, now }: IdentitySource): () => Promise<Identity> {
  let known: { readonly at: number; readonly folder: string | undefined; readonly identity: Identity } | undefined;
  return async () => {
    const folder = trustedFolder();
    if (!known || known.folder !== folder || now() - known.at > staleMs) {
      const gitEmail = folder === undefined ? undefined : await readGitEmail(folder);
      known = { at: now(), folder, identity: { ...userName(), ...(gitEmail !== undefined && { gitEmail }) } };
    }
    return known.identity;
  };
}

/** Of an account without a name in the system's data nothing is known. */
function userName(): Pick<Identity, 'user'> {
  try {
    return { user: userInfo().username };
  } catch {
    return {};
  }
}

const staleMs = 60_000;
