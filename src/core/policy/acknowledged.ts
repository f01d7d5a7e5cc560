import type { PolicyDocument } from './document.ts';
import type { Lift } from './lift.ts';

/** Reads what an earlier run has stored as accepted; undefined where the text is anything else. */
export function parseAcknowledged(text: string): readonly PolicyDocument[] | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(stored) || stored['version'] !== 1 || !Array.isArray(stored['documents'])) return undefined;
  const documents = stored['documents'].map(readDocument);
  return documents.every((document) => document !== undefined) ? documents : undefined;
}

function readDocument(value: unknown): PolicyDocument | undefined {
  if (!isRecord(value)) return undefined;
  const { layer, file, folder, base, above, content, lifts } = value;
  const known = layers.find((candidate) => candidate === layer);
  if (!known || typeof file !== 'string' || !isRecord(content) || typeof content['text'] !== 'string') return undefined;
  if (!isOptionalText(folder) || !isOptionalText(base) || !isOptionalText(above)) return undefined;
  const includes = content['includes'];
  if (includes !== undefined && !isTexts(includes)) return undefined;
  if (lifts !== undefined && !(Array.isArray(lifts) && lifts.every(isLift))) return undefined;
  return {
    layer: known,
    file,
    version: 'acknowledged',
    content: { kind: 'text', text: content['text'], ...(includes ? { includes } : {}) },
    ...(folder === undefined ? {} : { folder }),
    ...(base === undefined ? {} : { base }),
    ...(above === undefined ? {} : { above }),
    ...(lifts === undefined ? {} : { lifts }),
  };
}

const layers = ['user', 'workspace', 'nested', 'imported'] as const;

function isLift(value: unknown): value is Lift {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || !Object.hasOwn(liftFields, value['kind'])) return false;
  return (liftFields[value['kind']] ?? []).every((field) => typeof value[field] === 'string');
}

const liftFields: Readonly<Record<string, readonly string[]>> = {
  file: [],
  glob: ['rule', 'glob'],
  exception: ['of', 'id', 'pattern', 'reason', 'expires'],
  setting: ['key'],
  line: ['pattern'],
} satisfies Readonly<Record<Lift['kind'], readonly string[]>>;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}
