/** A value that JSON can spell. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one spelling of a value that is hashed: RFC 8785 (JSON Canonicalization Scheme), that is no white space, keys sorted
 * by UTF-16 units, numbers as ECMAScript prints them. A lone surrogate, which RFC 8785 leaves undefined, stays an escape.
 * Throws a RangeError for a number that JSON cannot spell.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${value} has no JSON spelling; leave the field out instead.`);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // The default sort compares UTF-16 units, which is the order that RFC 8785 §3.2.3 asks for.
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Narrows what `JSON.parse` gives; anything it gives is a `Json`. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether a JSON value is an object, neither a list nor null. */
export function isJsonObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
