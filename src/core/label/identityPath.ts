/** The kind of machine that a file lies on; it decides which spellings mean the same file. */
export type System = 'linux' | 'macos' | 'windows';

/** An absolute path in one spelling: `/` between names, no `.` or `..`, a Windows drive in lower case (`c:/x`). */
export type PathReading = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'unclear' };

/**
 * Brings an absolute path, or the path of a URI, to the one spelling under which the system would open the same file.
 * `unclear` where the spelling names a device, a raw volume or nothing that can be told from the text alone.
 */
export function normalisePath(path: string, system: System): PathReading {
  if (path.includes('\0')) return unclear;
  switch (system) {
    case 'windows':
      return normaliseWindows(path);
    case 'macos':
      return normaliseMac(path);
    case 'linux':
      return /^\/(?:proc|dev)\//.test(path) ? unclear : resolveDots('/', path.split('/'));
  }
}

/** Whether a name looks like a Windows short name (`ENV~1`): unless the system resolves it, it may be any file. */
export function hasShortName(path: string): boolean {
  return path.split('/').some((name) => /~\d/.test(name));
}

/** The path of a file below a folder, or undefined where it is not in it. Both normalised. Empty for the folder itself. */
export function pathBelow(path: string, folder: string, system: System): string | undefined {
  const root = folder.endsWith('/') ? folder : `${folder}/`;
  if (sameSpelling(path, folder, system)) return '';
  return sameSpelling(path.slice(0, root.length), root, system) ? path.slice(root.length) : undefined;
}

const unclear: PathReading = { kind: 'unclear' };

// Windows and macOS keep one file under every case of its name, so their folders are compared without it.
function sameSpelling(a: string, b: string, system: System): boolean {
  if (a === b) return true;
  return system !== 'linux' && a.normalize('NFC').toUpperCase() === b.normalize('NFC').toUpperCase();
}

function resolveDots(root: string, names: readonly string[]): PathReading {
  const resolved: string[] = [];
  for (const name of names) {
    if (name === '' || name === '.') continue;
    if (name === '..') resolved.pop();
    else resolved.push(name);
  }
  return { kind: 'path', path: root + resolved.join('/') };
}

// The data volume appears under both of its names; `..namedfork` opens the same file's other fork; `/.vol` and the other
// hidden roots address files by number or with changed rules.
function normaliseMac(path: string): PathReading {
  if (/^\/\.(?:vol|nofollow|resolve|file)(?:\/|$)/i.test(path)) return unclear;
  const file = path.replace(/\/\.\.namedfork(?:\/.*)?$/i, '').replace(/^\/System\/Volumes\/Data(?=\/)/i, '');
  return resolveDots('/', file.split('/'));
}

function normaliseWindows(path: string): PathReading {
  const slashed = path.replaceAll('\\', '/').replace(/^\/(?=[a-z]:(?:\/|$))/i, '');
  const plain = slashed
    .replace(/^\/\/[?.]\/unc\//i, '//')
    .replace(/^\/\/[?.]\/(?=[a-z]:\/)/i, '')
    .replace(/^\/\/(?:localhost|127\.0\.0\.1|--1\.ipv6-literal\.net)\/([a-z])\$(?=\/|$)/i, '$1:');
  if (/^\/\/[?.]\//.test(plain)) return unclear;
  const root = /^[a-z]:\/|^\/\/[^/]+\/[^/]+\/?/i.exec(`${plain}${plain.length === 2 ? '/' : ''}`)?.[0];
  if (root === undefined) return unclear;
  const names = plain.slice(root.length).split('/').map(windowsName);
  if (names.some((name) => name === undefined)) return unclear;
  const start = root.endsWith('/') ? root : `${root}/`;
  return resolveDots(
    /^[a-z]:/i.test(start) ? start.toLowerCase() : start,
    names.filter((name) => name !== undefined),
  );
}

/** One name as Windows opens it: without a stream behind a colon and without dots and spaces at its end. */
function windowsName(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return name;
  const file = name.replace(/:.*$/s, '').replace(/[. ]+$/, '');
  if (file === '' || devices.test(file)) return undefined;
  return file;
}

const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
