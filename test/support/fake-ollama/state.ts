import { withTag } from './names.ts';
import type { Capability, FakeModel, FakeOllamaOptions, PullableModel, StubTarget } from './options.ts';
import { createRunners, type Runners } from './runners.ts';

/** A model with every gap filled. */
export interface StoredModel {
  readonly name: string;
  readonly size: number;
  readonly family: string;
  readonly template: string;
  readonly system: string;
  readonly parameterSize: string;
  readonly quantization: string;
  readonly capabilities: readonly Capability[];
  readonly contextLength: number;
  readonly loadMs: number;
  readonly stub: StubTarget | undefined;
  readonly source: FakeModel;
}

/** What a test may read off the server. */
export interface Counters {
  /** Loads that ran to their end. */
  readonly loads: number;
  /** Loads that were broken off because the client that asked for them left. */
  readonly abortedLoads: number;
  /** Loads of a model that was in memory with other runner options. */
  readonly reloads: number;
  /** The most generations that ran at the same time. */
  readonly peakRunning: number;
  /** The most requests for generations that were here at the same time, waiting ones included. */
  readonly peakOutstanding: number;
}

export type Settings = Required<
  Pick<
    FakeOllamaOptions,
    | 'cloudDisabled'
    | 'remotes'
    | 'parallel'
    | 'maxQueue'
    | 'defaultContext'
    | 'promptTokenMs'
    | 'batchTokens'
    | 'tokenMs'
  >
>;

/** All that the routes share. */
export interface OllamaState {
  readonly version: string;
  readonly settings: Settings;
  readonly options: FakeOllamaOptions;
  readonly models: Map<string, StoredModel>;
  readonly pullable: Map<string, PullableModel>;
  /** Bytes already here per layer digest, so that a pull resumes. */
  readonly downloaded: Map<string, number>;
  /** Layers whose one failure has already happened. */
  readonly failedPulls: Set<string>;
  readonly runners: Runners;
  /** Where cloud names and stubs are relayed to; undefined for the cloud itself. */
  readonly cloudUrl: string | undefined;
  /** The cloud runs whatever it is asked for. */
  readonly runsEverything: boolean;
  running: number;
  outstanding: number;
  readonly peaks: { running: number; outstanding: number };
}

/** The state of a server that has just started. */
export function createState(options: FakeOllamaOptions, cloudUrl: string | undefined): OllamaState {
  const settings: Settings = {
    cloudDisabled: options.cloudDisabled ?? false,
    remotes: options.remotes ?? ['ollama.com'],
    parallel: options.parallel ?? 1,
    maxQueue: options.maxQueue ?? 512,
    defaultContext: options.defaultContext ?? 4096,
    promptTokenMs: options.promptTokenMs ?? 0,
    batchTokens: options.batchTokens ?? Infinity,
    tokenMs: options.tokenMs ?? 0,
  };
  const stored = (options.models ?? [{ name: 'qwen2.5-coder:1.5b', template: fimTemplate }]).map(storedModel);
  const runners = createRunners(settings);
  for (const model of stored) if (model.source.loaded === true) runners.preload(model);
  return {
    version: options.version ?? '0.33.0',
    settings,
    options,
    models: new Map(stored.map((model) => [model.name, model])),
    pullable: new Map((options.pullable ?? []).map((model) => [withTag(model.name), model])),
    downloaded: new Map(),
    failedPulls: new Set(),
    runners,
    cloudUrl,
    runsEverything: cloudUrl === undefined,
    running: 0,
    outstanding: 0,
    peaks: { running: 0, outstanding: 0 },
  };
}

/** The template of models that were trained to fill in the middle, in qwen's tokens. */
export const fimTemplate =
  '{{- if .Suffix }}<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}<|fim_middle|>{{- else }}{{ .Prompt }}{{- end }}';

/** Fills the gaps of a model from a test's table. */
export function storedModel(source: FakeModel): StoredModel {
  const template = source.template ?? '{{ .Prompt }}';
  return {
    name: withTag(source.name),
    // A stub is a few hundred bytes of manifest and no weights.
    size: source.size ?? (source.stub === undefined ? 986_062_089 : 384),
    family: source.family ?? 'qwen2',
    template,
    system: source.system ?? '',
    parameterSize: source.parameterSize ?? '1.5B',
    quantization: source.quantization ?? 'Q4_K_M',
    capabilities: source.capabilities ?? (template.includes('.Suffix') ? ['completion', 'insert'] : ['completion']),
    contextLength: source.contextLength ?? 32_768,
    loadMs: source.loadMs ?? 0,
    stub: source.stub,
    source,
  };
}

/** The model under that name, which may lack its tag. */
export function findModel(state: OllamaState, name: string): StoredModel | undefined {
  const found = state.models.get(withTag(name));
  if (found !== undefined || !state.runsEverything) return found;
  return storedModel({ name, capabilities: ['completion', 'insert', 'tools'], contextLength: 131_072 });
}
