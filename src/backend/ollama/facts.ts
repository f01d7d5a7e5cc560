import type { ModelCapability, ModelInfo } from '../../core/exchange/model.ts';
import { listedName } from '../../core/zone/cloudName.ts';
import { listIn, numberIn, objectOf, present, textIn, textsIn, type JsonObject } from '../json.ts';

/** One row of `/api/tags`. */
export type Tag = {
  readonly name: string;
  readonly digest?: string;
  readonly bytes?: number;
  readonly remoteHost?: string;
  readonly family?: string;
  readonly parameterSize?: string;
  readonly contextLength?: number;
  readonly capabilities?: readonly ModelCapability[];
};

/** What `/api/show` says of one model. */
export type Shown = {
  readonly remoteHost?: string;
  readonly family?: string;
  readonly parameterSize?: string;
  readonly contextLength?: number;
  readonly template?: string;
  readonly capabilities: readonly ModelCapability[];
};

/** Reads the list; rows without a name are left out. */
export function tagsOf(value: unknown): readonly Tag[] {
  return listIn(objectOf(value), 'models').flatMap((row) => {
    const name = textIn(row, 'name') ?? textIn(row, 'model');
    if (name === undefined) return [];
    const details = objectOf(row['details']);
    const tag = present<Omit<Tag, 'name'>>({
      digest: textIn(row, 'digest'),
      bytes: numberIn(row, 'size'),
      remoteHost: remoteHostIn(row),
      family: textIn(details, 'family'),
      parameterSize: textIn(details, 'parameter_size'),
      contextLength: numberIn(details, 'context_length'),
      capabilities: Array.isArray(row['capabilities']) ? capabilitiesOf(row) : undefined,
    });
    return [{ name, ...tag }];
  });
}

/** The context length stands under a key that begins with the architecture. */
export function shownOf(value: unknown): Shown {
  const shown = objectOf(value);
  const details = objectOf(shown['details']);
  const weights = objectOf(shown['model_info']);
  const architecture = textIn(weights, 'general.architecture');
  return {
    capabilities: capabilitiesOf(shown),
    ...present<Omit<Shown, 'capabilities'>>({
      remoteHost: remoteHostIn(shown),
      family: textIn(details, 'family') ?? architecture,
      parameterSize: textIn(details, 'parameter_size'),
      contextLength: architecture === undefined ? undefined : numberIn(weights, `${architecture}.context_length`),
      template: textIn(shown, 'template'),
    }),
  };
}

/** The row of a model. Servers list names without the registry and owner that are theirs by default. */
export function findTag(tags: readonly Tag[], model: string): Tag | undefined {
  const wanted = shortName(model);
  return tags.find((tag) => shortName(tag.name) === wanted);
}

function shortName(name: string): string {
  return listedName(name)
    .toLowerCase()
    .replace(/^registry\.ollama\.ai\//, '')
    .replace(/^library\//, '');
}

/** What the rest of the product sees of a model; what `/api/show` says counts before the list. */
export function infoOf(
  backend: string,
  model: string,
  known: { readonly tag?: Tag | undefined; readonly shown?: Shown | undefined },
): ModelInfo {
  const { tag, shown } = known;
  return {
    ref: { backend, model },
    capabilities: shown?.capabilities ?? tag?.capabilities ?? [],
    ...present<Omit<ModelInfo, 'ref' | 'capabilities'>>({
      family: shown?.family ?? tag?.family,
      contextLength: shown?.contextLength ?? tag?.contextLength,
      bytes: tag?.bytes,
      digest: tag?.digest,
      template: shown?.template,
      remoteHost: tag?.remoteHost ?? shown?.remoteHost,
      parameterSize: shown?.parameterSize ?? tag?.parameterSize,
    }),
  };
}

function remoteHostIn(row: JsonObject): string | undefined {
  return textIn(row, 'remote_host') ?? textIn(row, 'remote_model');
}

/** The server's `completion` is plain text generation; whatever generates can also chat through its template. */
function capabilitiesOf(row: JsonObject): readonly ModelCapability[] {
  const named = textsIn(row, 'capabilities');
  const known = capabilities.filter((capability) => named.includes(capability));
  return known.includes('completion') ? [...known, 'chat'] : known;
}

const capabilities = ['completion', 'insert', 'thinking', 'tools', 'vision', 'embedding'] as const;
