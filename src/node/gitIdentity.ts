import { runGit } from './git.ts';

/**
 * The e-mail address that git would sign a commit with in a folder; undefined where it has none. Only for folders that the
 * user trusts: see `runGit`.
 */
export async function readGitEmail(folder: string): Promise<string | undefined> {
  const result = await runGit({ folder, args: ['config', '--get', 'user.email'] });
  if (result.kind === 'failed') return undefined;
  const email = result.stdout.toString('utf8').trim();
  return email === '' || email.length > longest || /[\p{Cc}]/u.test(email) ? undefined : email;
}

/** RFC 5321 allows no longer address. */
const longest = 254;
