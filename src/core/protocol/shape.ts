/** Tells whether a foreign value has the shape of T. */
export type Check<T> = (value: unknown) => value is T;

/** The fields of a record: a check for each, marked where the field may be absent. */
export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Optional<Exclude<T[K], undefined>> : Check<T[K]>;
};

export type Optional<T> = { readonly optional: Check<T> };

/** A record with exactly these fields; one unknown key makes it foreign. */
export function recordOf<T>(fields: Fields<T>): Check<T> {
  const known = new Map<string, Check<unknown> | Optional<unknown>>(Object.entries(fields));
  return (value): value is T =>
    isRecord(value) &&
    Object.keys(value).every((key) => known.has(key)) &&
    [...known].every(([key, field]) =>
      typeof field === 'function' ? field(value[key]) : value[key] === undefined || field.optional(value[key]),
    );
}

export function optional<T>(check: Check<T>): Optional<T> {
  return { optional: check };
}

/** At most `most` items. */
export function listOf<T>(check: Check<T>, most = 10_000): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.length <= most && value.every(check);
}

export function oneOf<T>(...checks: readonly Check<T>[]): Check<T> {
  return (value): value is T => checks.some((check) => check(value));
}

export function literal<const T extends string>(...words: readonly T[]): Check<T> {
  return (value): value is T => words.some((word) => word === value);
}

/** A text of at most so many UTF-16 units. */
export function textUpTo(most: number): Check<string> {
  return (value): value is string => typeof value === 'string' && value.length <= most;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** Zero or more, finite. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** An object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
