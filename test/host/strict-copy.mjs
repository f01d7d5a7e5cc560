import { copyFile, link, mkdir, readFile, readdir, rm, symlink, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Trouble } from './trouble.mjs';

/** Where code-server's build keeps the rule for proposed API, inside its installation. */
const gateFile = path.join('lib', 'vscode', 'out', 'vs', 'workbench', 'api', 'node', 'extensionHostProcess.js');

/**
 * Copies a code-server installation and puts VS Code's own rule for proposed API back, which code-server has replaced by
 * "everyone may": tests in the copy fail where a released VS Code would throw. Files are hard links, so the copy takes
 * next to no room.
 *
 * @param {string} from - The installed package `code-server`.
 * @param {string} to - Must not exist yet.
 * @throws {Trouble} When the rule is not found at its place, or is found twice.
 */
export async function makeStrictCopy(from, to) {
  await linkTree(from, to);
  const file = path.join(to, gateFile);
  const source = await readFile(file, 'utf8').catch((cause) => {
    throw new Trouble(`The strict copy of VS Code cannot be made: ${gateFile} is missing.`, lostPlace, cause);
  });
  const strict = restoreGate(source);
  // The link must be broken first, or the original would change too.
  await rm(file);
  await writeFile(file, strict);
}

const lostPlace =
  'This version of code-server is built differently. Adapt `restoreGate` in test/host/strict-copy.mjs to it, or pin the version that is known to work.';

/**
 * Puts the rule back into the text of the extension host's bundle.
 *
 * @param {string} source
 * @returns {string}
 * @throws {Trouble} When the place is not found exactly once.
 */
export function restoreGate(source) {
  // `isProposedApiEnabled` is told from other functions that return true by its caller, which throws the well-known text.
  const gate =
    /function ([\w$]+)\(([\w$]+),([\w$]+)\)\{return!0\}(?=function [\w$]+\(([\w$]+),([\w$]+)\)\{if\(!\1\(\4,\5\)\)throw new Error\(`Extension '\$\{\4\.identifier\.value\}' CANNOT use API proposal)/g;
  const found = [...source.matchAll(gate)];
  if (found.length !== 1) {
    throw new Trouble(
      `The strict copy of VS Code cannot be made: the rule for proposed API was found ${found.length} times.`,
      lostPlace,
    );
  }
  return source.replace(
    gate,
    (_, name, extension, proposal) =>
      `function ${name}(${extension},${proposal}){return ${extension}.isBuiltin||!!${extension}.enabledApiProposals?.includes(${proposal})}`,
  );
}

/**
 * @param {string} from
 * @param {string} to
 */
async function linkTree(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    // Some file systems know no hard links: a real copy does as well.
    else await link(source, target).catch(() => copyFile(source, target));
  }
}
