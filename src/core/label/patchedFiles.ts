import type { Resource, ResourceName } from './resource.ts';

/**
 * The resource of a patch, known as well by the names of the files whose lines it quotes: a rule for one of those holds for
 * the patch. Other texts come back as they are. Give the whole text; the names in it count from its workspace folder.
 */
export function withPatchedFiles(resource: Resource, text: string): Resource {
  if (!patchName.test(resource.uri) && !/^(?:diff --git |Index: |--- )/m.test(text.slice(0, 4096))) return resource;
  const folders = [...new Set(resource.names.flatMap(({ folder }) => folder ?? []))];
  const names = patchedPaths(text).flatMap((path): readonly ResourceName[] => [
    ...folders.map((folder) => ({ kind: 'underlying file' as const, path, folder })),
    { kind: 'underlying file', path },
  ]);
  return names.length === 0 ? resource : { ...resource, names: [...resource.names, ...names] };
}

const patchName = /\.(?:diff|patch|rej)(?:[?#]|$)/i;

/** The paths that the headers of a patch name, each once, without the `a/` and `b/` that git puts before them. */
export function patchedPaths(text: string): readonly string[] {
  const found = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    for (const named of pathsInHeader(line)) {
      const path = unquote(named);
      if (path === '/dev/null' || path === '') continue;
      for (const spelling of [path, path.replace(/^[abciow]\//, '')]) found.add(plain(spelling));
    }
  }
  return [...found].filter((path) => path !== '');
}

function pathsInHeader(line: string): readonly string[] {
  const git = /^diff --(?:git|cc|combined) (.+)$/.exec(line)?.[1];
  if (git !== undefined) return splitPair(git);
  const single = /^(?:\+\+\+|---|\*\*\*|Index:|rename (?:from|to)|copy (?:from|to)) ("(?:[^"\\]|\\.)*"|[^\t]+)/.exec(
    line,
  )?.[1];
  return single === undefined ? [] : [single.trim()];
}

/** `a/x y b/x y`: git quotes only what it must, so the two halves are found by being the same. */
function splitPair(pair: string): readonly string[] {
  const quoted = pair.match(/"(?:[^"\\]|\\.)*"/g);
  if (quoted) return [...quoted, pair.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').trim()];
  const half = (pair.length - 1) / 2;
  if (Number.isInteger(half) && pair.slice(2, half) === pair.slice(half + 3)) return [pair.slice(0, half)];
  const cut = pair.indexOf(' b/');
  return cut === -1 ? [pair] : [pair.slice(0, cut), pair.slice(cut + 1)];
}

/** Git writes bytes beyond ASCII in octal and in quotes. */
function unquote(path: string): string {
  if (!path.startsWith('"')) return path;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [part] of path.slice(1, -1).matchAll(/\\[0-7]{3}|\\.|[^\\]/gsu)) {
    if (/^\\[0-7]{3}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 8) & 0xff);
    else bytes.push(...encoder.encode(part.startsWith('\\') ? (escapes.get(part) ?? part.slice(1)) : part));
  }
  return new TextDecoder('utf-8').decode(Uint8Array.from(bytes));
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\n', '\n'],
  ['\\t', '\t'],
  ['\\r', '\r'],
]);

function plain(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.' && name !== '..')
    .join('/');
}
