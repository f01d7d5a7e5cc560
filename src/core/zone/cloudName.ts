/** What a model name tells an Ollama server about where to run it. */
export type NameSource = 'cloud' | 'local' | 'open';

/**
 * Reads a model name as an Ollama server does (internal/modelref since 0.17.8): the text after the last colon, trimmed and
 * in lower case, is `cloud` or `local`, or ends in `-cloud`. A server sends a `cloud` name straight to its vendor.
 */
export function nameSource(name: string): NameSource {
  const { tag } = splitTag(trim(name));
  if (tag === undefined) return 'open';
  const lower = trim(tag).toLowerCase();
  if (lower === 'cloud') return 'cloud';
  if (lower === 'local') return 'local';
  return lower.endsWith('-cloud') && !lower.includes('/') ? 'cloud' : 'open';
}

/**
 * The same model, pinned: a server that knows pins answers 404 where the name has come to stand for a remote model. The
 * tag is spelled out, because an older server would take `name:local` for a tag; `name:latest:local` is no name to it.
 */
export function pinnedName(name: string): string {
  const plain = trim(name);
  if (nameSource(plain) !== 'open') return plain;
  return `${splitTag(plain).tag === undefined ? `${plain}:latest` : plain}:local`;
}

/** The full name under which a server lists a model: `name` is listed as `name:latest`, a pin is left off. */
export function listedName(name: string): string {
  const plain = trim(name);
  if (nameSource(plain) === 'local') return listedName(plain.slice(0, plain.lastIndexOf(':')));
  return splitTag(plain).tag === undefined ? `${plain}:latest` : plain;
}

/** A colon before the last slash belongs to a registry's port, not to a tag. */
function splitTag(name: string): { readonly tag?: string } {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? { tag: name.slice(colon + 1) } : {};
}

/** The server's language trims U+0085 too; whoever trims more sees a cloud name sooner. */
function trim(text: string): string {
  return text.replace(/^[\s\u0085]+|[\s\u0085]+$/gu, '');
}
