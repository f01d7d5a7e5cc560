/** What an import may mean: a path without extension, or the end of one. */
export type ImportTarget = { readonly kind: 'path' | 'end'; readonly path: string };

/**
 * What a file says it uses. Found by the lines that begin with the words that languages import with; no grammar, so that an
 * unfinished file is read as well as a finished one. `importer` is the path of the file itself.
 */
export function importsOf(text: string, importer: string): readonly ImportTarget[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) if (match[1]) found.add(match[1]);
  }
  for (const block of text.matchAll(goBlock)) {
    for (const line of (block[1] ?? '').matchAll(/"([^"\n]+)"/g)) if (line[1]) found.add(line[1]);
  }
  return [...found].map((specifier) => targetOf(specifier, importer)).filter(({ path }) => path !== '');
}

/** Whether a file is what an import means, as far as paths can tell. `path` is without extension. */
export function isImported(target: ImportTarget, path: string): boolean {
  if (target.kind === 'path') {
    return path === target.path || path === `${target.path}/index` || path === `${target.path}/__init__`;
  }
  const { path: end } = target;
  const folder = parentOf(path);
  // A name that begins with a host names a folder below a root that paths do not show.
  if (hosted.test(end) && endsWithPath(end, folder)) return true;
  return endsWithPath(path, end) || endsWithPath(folder, end) || endsWithPath(path, parentOf(end));
}

const hosted = /^[\w-]+(?:\.[\w-]+)+\//;

/** A path without the extension of its file. */
export function withoutExtension(path: string): string {
  return path.replace(/(?<=[^/.])\.(?:d\.)?\w{1,5}$/, '');
}

const patterns: readonly RegExp[] = [
  /^\s*(?:import|export)\b[^'"\n;(]*(?:\{[^}]*\}[^'"\n;(]*)?\bfrom\s+['"]([^'"\n]+)['"]/gm,
  /^\s*import\s+(?:\w+\s+)?['"]([^'"\n]+)['"]/gm,
  /\b(?:require|import)\(\s*['"]([^'"\n]+)['"]\s*\)/g,
  /^\s*(?:from|import)\s+(\.*[\w.]*\w)(?:\s+import\b|\s+as\b|\s*[,;]|\s*$)/gm,
  /^\s*import\s+(?:static\s+)?([\w.]+\w)(?:\.\*)?\s*;/gm,
  /^\s*#\s*include\s*[<"]([^>"\n]+)[>"]/gm,
  /^\s*(?:pub\s+)?use\s+([\w:]+\w)/gm,
  /^\s*(?:pub\s+)?mod\s+(\w+)\s*;/gm,
  /^\s*using\s+(?:static\s+)?([\w.]+)\s*;/gm,
  /^\s*(?:use|namespace)\s+([\w\\]+)\s*;/gm,
  /^\s*(?:require_relative|require|load|source)\s+['"]([^'"\n]+)['"]/gm,
  /^\s*@(?:import|use|forward)\s+['"]([^'"\n]+)['"]/gm,
];

const goBlock = /^import\s*\(([^)]*)\)/gm;

/** Names that stand for the project itself. */
const roots: ReadonlySet<string> = new Set(['crate', 'self', 'super', '@', '~']);

function targetOf(specifier: string, importer: string): ImportTarget {
  if (specifier.startsWith('.')) return { kind: 'path', path: relative(specifier, importer) };
  const segments = slashed(specifier)
    .split('/')
    .filter((segment) => segment !== '' && !roots.has(segment));
  return { kind: 'end', path: segments.join('/') };
}

/** The parts of a module's name with slashes between them, whatever the language puts there. */
function slashed(specifier: string): string {
  const path = specifier.replaceAll(/::|\\/g, '/');
  if (path.includes('/') || /\.(?:h|hpp|hh|css|scss|js|ts|py|rb|php|sh)$/.test(path)) return withoutExtension(path);
  return path.replaceAll('.', '/');
}

function relative(specifier: string, importer: string): string {
  const python = /^(\.+)([\w.]*)$/.exec(specifier);
  const parts = parentOf(importer)
    .split('/')
    .filter((part) => part !== '');
  if (python && !specifier.includes('/')) {
    const up = (python[1]?.length ?? 1) - 1;
    const below = (python[2] ?? '').split('.').filter((part) => part !== '');
    return [...parts.slice(0, parts.length - up), ...below].join('/');
  }
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return withoutExtension(parts.join('/'));
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

function endsWithPath(path: string, end: string): boolean {
  return end !== '' && (path === end || path.endsWith(`/${end}`));
}
