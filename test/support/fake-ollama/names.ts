/** A model name as clients write it, taken apart by the server's own rule. */
export type ModelRef =
  | { readonly kind: 'ref'; readonly base: string; readonly source: 'cloud' | 'local' | 'unspecified' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'conflict'; readonly message: string }
  | { readonly kind: 'invalid' };

/**
 * The rule since 0.17.6: a last part `cloud` or `local`, in any letter case, or ending in `-cloud`, says where the model
 * has to run and is cut off. Before, `sources` is false and every last part is a plain tag.
 */
export function parseModelRef(raw: string, rules: { readonly sources: boolean }): ModelRef {
  const name = raw.trim();
  if (name === '') return { kind: 'missing' };
  const split = rules.sources ? sourceOf(name) : undefined;
  if (split !== undefined && sourceOf(split.base) !== undefined) {
    return { kind: 'conflict', message: `use either :local or :cloud, not both: ${JSON.stringify(name)}` };
  }
  const base = split?.base ?? name;
  if (!/^[\w.:/-]+$/.test(base) || base.endsWith(':') || base.startsWith(':')) return { kind: 'invalid' };
  return { kind: 'ref', base, source: split?.source ?? 'unspecified' };
}

function sourceOf(name: string): { base: string; source: 'cloud' | 'local' } | undefined {
  const colon = name.lastIndexOf(':');
  if (colon < 0) return undefined;
  const tag = name.slice(colon + 1).trim();
  const folded = tag.toLowerCase();
  if (folded === 'cloud' || folded === 'local') return { base: name.slice(0, colon), source: folded };
  if (!tag.includes('/') && folded.endsWith('-cloud')) {
    return { base: name.slice(0, colon + 1) + tag.slice(0, -'-cloud'.length), source: 'cloud' };
  }
  return undefined;
}

/** The name with its tag, as the store keys it and lists show it: `foo` is `foo:latest`. */
export function withTag(name: string): string {
  return hasTag(name) ? name : `${name}:latest`;
}

/** The name with host, namespace and tag, as capability errors show it. */
export function qualifiedName(name: string): string {
  const tagged = withTag(name);
  const parts = tagged.split('/').length;
  if (parts >= 3) return tagged;
  return parts === 2 ? `registry.ollama.ai/${tagged}` : `registry.ollama.ai/library/${tagged}`;
}

/** How the store names a pulled cloud model: `x:20b:cloud` becomes `x:20b-cloud`, `x:cloud` stays. */
export function pulledCloudName(base: string): string {
  return hasTag(base) ? `${base}-cloud` : `${base}:cloud`;
}

function hasTag(name: string): boolean {
  // A colon before the last slash belongs to a registry's port.
  return name.lastIndexOf(':') > name.lastIndexOf('/');
}
