import { parseModelRef, type ModelRef } from '../exchange/model.ts';
import type { BackendKind, BackendRecord, CompletionSettings, Settings } from './settings.ts';

/** Raw values by key below `ringfence.`, as the user or a machine-scoped file wrote them; absent keys take the default. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** What is wrong with one setting: the whole key and a sentence that says what to write instead. */
export type SettingProblem = { readonly key: string; readonly message: string };

/**
 * Turns raw values into a checked snapshot. A value that makes no sense is replaced by its default and reported; nothing
 * a wrong value says can widen what may leave, because zones and backends have no permissive default.
 */
export function parseSettings(raw: RawSettings): {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const read = reader(raw, problems);
  const completionModel = read.model('completion.model');
  const nearerModel = read.model('completion.nearerModel');
  const chatModel = read.model('chat.model');
  const completion: CompletionSettings = {
    enabled: read.boolean('completion.enabled', true),
    ...(completionModel && { model: completionModel }),
    ...(nearerModel && { nearerModel }),
    trigger: read.choice('completion.trigger', ['automatic', 'manual']),
    delay: read.delay('completion.delay'),
    lines: read.choice('completion.lines', ['auto', 'single', 'multiple']),
    maxLines: read.number('completion.maxLines', { low: 1, high: 100, fallback: 12 }),
    languages: read.record('completion.languages', isBoolean),
    exclude: read.strings('completion.exclude'),
    templates: read.record('completion.templates', isString),
    warm: read.boolean('completion.warm', true),
    embedded: read.boolean('completion.embedded', true),
  };
  const settings: Settings = {
    backends: parseBackends(raw['backends'], problems),
    contextLength: read.number('contextLength', { low: 2048, high: 1_048_576, fallback: 8192 }),
    keepAlive: read.keepAlive('keepAlive', '30m'),
    completion: Object.freeze(completion),
    chat: Object.freeze(chatModel ? { model: chatModel } : {}),
  };
  return { settings: Object.freeze(settings), problems };
}

const kinds: readonly BackendKind[] = ['ollama', 'openrouter', 'custom'];
const backendKeys = new Set(['id', 'kind', 'url', 'zone', 'keyEnv']);
const defaultUrls: Readonly<Partial<Record<BackendKind, string>>> = {
  ollama: 'http://127.0.0.1:11434',
  openrouter: 'https://openrouter.ai/api/v1',
};
const defaultBackends: readonly BackendRecord[] = [
  Object.freeze({ id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:11434' }),
];

function parseBackends(value: unknown, problems: SettingProblem[]): readonly BackendRecord[] {
  if (value === undefined) return defaultBackends;
  if (!Array.isArray(value)) {
    problems.push({ key: 'backends', message: 'Write a list of backends, each with an id, a kind and a url.' });
    return defaultBackends;
  }
  const seen = new Set<string>();
  return value.flatMap((entry: unknown, index) => {
    const parsed = parseBackend(entry);
    const where = `backends[${index}]`;
    if (parsed.kind === 'problem') {
      problems.push({ key: where, message: parsed.message });
      return [];
    }
    if (parsed.record.id === 'embedded') {
      problems.push({ key: where, message: 'The id "embedded" is the engine\'s in this process; choose another.' });
      return [];
    }
    if (seen.has(parsed.record.id)) {
      problems.push({ key: where, message: `The id "${parsed.record.id}" is taken; give each backend its own.` });
      return [];
    }
    seen.add(parsed.record.id);
    return [parsed.record];
  });
}

type ParsedBackend =
  { readonly kind: 'record'; readonly record: BackendRecord } | { readonly kind: 'problem'; readonly message: string };

function parseBackend(entry: unknown): ParsedBackend {
  if (!isRecord(entry)) return problem('Write an object with an id, a kind and a url.');
  const stranger = Object.keys(entry).find((key) => !backendKeys.has(key));
  if (stranger !== undefined)
    return problem(`"${stranger}" is not known here; known are ${[...backendKeys].join(', ')}.`);
  const { id, kind, zone, keyEnv } = entry;
  if (!isString(id) || !/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(id))
    return problem('Give it an id of letters, digits, ".", "_" and "-".');
  const known = kinds.find((candidate) => candidate === kind);
  if (!known) return problem(`The kind is one of ${kinds.join(', ')}.`);
  const url = parseUrl(entry['url'] ?? defaultUrls[known]);
  if (url === undefined)
    return problem('The url is http(s)://host[:port][/path], without user name, query or fragment.');
  if (zone !== undefined && zone !== 'device' && zone !== 'perimeter')
    return problem('The zone is "perimeter" or "device"; leave it out for everything else.');
  if (keyEnv !== undefined && (!isString(keyEnv) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(keyEnv)))
    return problem('keyEnv is the name of an environment variable.');
  return {
    kind: 'record',
    record: Object.freeze({
      id,
      kind: known,
      url,
      ...(zone && { zone }),
      ...(isString(keyEnv) && { keyEnv }),
    }),
  };
}

function parseUrl(value: unknown): string | undefined {
  if (!isString(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const plain =
    url.username === '' && url.password === '' && url.search === '' && url.hash === '' && url.hostname !== '';
  if (!plain || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  return url.href.replace(/\/+$/, '');
}

function problem(message: string): ParsedBackend {
  return { kind: 'problem', message };
}

function reader(raw: RawSettings, problems: SettingProblem[]) {
  const wrong = <T>(key: string, message: string, fallback: T): T => {
    problems.push({ key, message });
    return fallback;
  };
  return {
    boolean(key: string, fallback: boolean): boolean {
      const value = raw[key] ?? fallback;
      return isBoolean(value) ? value : wrong(key, 'Write true or false.', fallback);
    },
    number(
      key: string,
      { low, high, fallback }: { readonly low: number; readonly high: number; readonly fallback: number },
    ) {
      const value = raw[key] ?? fallback;
      return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
        ? value
        : wrong(key, `Write a whole number from ${low} to ${high}.`, fallback);
    },
    choice<const T extends readonly [string, ...string[]]>(key: string, choices: T): T[number] {
      const value = raw[key] ?? choices[0];
      return (
        choices.find((choice) => choice === value) ?? wrong(key, `Write one of ${choices.join(', ')}.`, choices[0])
      );
    },
    delay(key: string): 'adaptive' | number {
      const value = raw[key] ?? 'adaptive';
      if (value === 'adaptive') return value;
      return typeof value === 'number' && value >= 0 && value <= 5000
        ? value
        : wrong(key, 'Write "adaptive" or milliseconds from 0 to 5000.', 'adaptive');
    },
    keepAlive(key: string, fallback: string): string {
      const value = raw[key] ?? fallback;
      return isString(value) && /^(-1|0|\d+(\.\d+)?(ms|s|m|h))$/.test(value)
        ? value
        : wrong(key, 'Write a time such as "30m" or "2h", or "-1" for ever.', fallback);
    },
    model(key: string): ModelRef | undefined {
      const value = raw[key];
      if (value === undefined || value === '') return undefined;
      const ref = isString(value) ? parseModelRef(value) : undefined;
      return ref ?? wrong(key, 'Write backendId/model, for example ollama/qwen2.5-coder:1.5b.', undefined);
    },
    record<T>(key: string, isValue: (value: unknown) => value is T): Readonly<Record<string, T>> {
      const value = raw[key] ?? {};
      if (!isRecord(value) || !Object.values(value).every(isValue))
        return wrong(key, 'Write an object of name and value.', {});
      return Object.freeze(
        Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => isValue(entry[1]))),
      );
    },
    strings(key: string): readonly string[] {
      const value = raw[key] ?? [];
      return Array.isArray(value) && value.every(isString)
        ? Object.freeze(value)
        : wrong(key, 'Write a list of texts.', []);
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
