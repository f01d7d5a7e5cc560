import { isRecord, isText } from '../protocol/shape.ts';
import { classifyHost } from '../zone/address.ts';
import type { BackendKind, BackendRecord, SettingProblem } from './settings.ts';

/**
 * The backends that the user's settings list; what is wrong with one is added to `problems`, and it is left out. Without a
 * list there is Ollama on this machine, under whichever loopback address it answers.
 */
export function parseBackends(value: unknown, problems: SettingProblem[]): readonly BackendRecord[] {
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

const kinds: readonly BackendKind[] = ['ollama', 'openrouter', 'custom'];
const backendKeys = new Set(['id', 'kind', 'url', 'zone', 'keyEnv']);
const ollamaHere = 'http://localhost:11434';
const defaultUrls: Readonly<Partial<Record<BackendKind, string>>> = {
  ollama: ollamaHere,
  openrouter: 'https://openrouter.ai/api/v1',
};
const defaultBackends: readonly BackendRecord[] = [Object.freeze({ id: 'ollama', kind: 'ollama', url: ollamaHere })];

type ParsedBackend =
  { readonly kind: 'record'; readonly record: BackendRecord } | { readonly kind: 'problem'; readonly message: string };

function parseBackend(entry: unknown): ParsedBackend {
  if (!isRecord(entry)) return problem('Write an object with an id, a kind and a url.');
  const stranger = Object.keys(entry).find((key) => !backendKeys.has(key));
  if (stranger !== undefined)
    return problem(`"${stranger}" is not known here; known are ${[...backendKeys].join(', ')}.`);
  const { id, kind, zone, keyEnv } = entry;
  if (!isText(id) || !/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(id))
    return problem('Give it an id of letters, digits, ".", "_" and "-".');
  const known = kinds.find((candidate) => candidate === kind);
  if (!known) return problem(`The kind is one of ${kinds.join(', ')}.`);
  const url = parseUrl(entry['url'] ?? defaultUrls[known]);
  if (url === undefined)
    return problem('The url is http(s)://host[:port][/path], without user name, query or fragment.');
  const nowhere = namesNoMachine(url);
  if (nowhere !== undefined) return problem(nowhere);
  if (zone !== undefined && zone !== 'device' && zone !== 'perimeter')
    return problem('The zone is "perimeter" or "device"; leave it out for everything else.');
  if (keyEnv !== undefined && (!isText(keyEnv) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(keyEnv)))
    return problem('keyEnv is the name of an environment variable.');
  return {
    kind: 'record',
    record: Object.freeze({
      id,
      kind: known,
      url,
      ...(zone && { zone }),
      ...(isText(keyEnv) && { keyEnv }),
    }),
  };
}

function parseUrl(value: unknown): string | undefined {
  if (!isText(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const plain =
    url.username === '' && url.password === '' && url.search === '' && url.hash === '' && url.hostname !== '';
  if (!plain || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  return url.href.replace(/\/+$/, '');
}

/**
 * A server is told to listen at 0.0.0.0 or [::], which stands for all of its addresses. Asked for, it leads to this machine
 * on some systems and nowhere on others, so it is taken for neither.
 */
function namesNoMachine(text: string): string | undefined {
  const url = new URL(text);
  if (classifyHost(url.hostname).kind !== 'unspecified') return undefined;
  const here = url.port === '' ? 'localhost' : `localhost:${url.port}`;
  return `${url.hostname} is where a server listens, not where it is found. Write ${url.protocol}//${here} for this machine, or the other machine's own address.`;
}

function problem(message: string): ParsedBackend {
  return { kind: 'problem', message };
}
