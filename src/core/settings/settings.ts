import type { Zone } from '../label/reach.ts';
import type { ModelRef } from '../exchange/model.ts';

/** Everything the user can set, checked, defaulted and frozen. A new snapshot replaces the old one whole. */
export type Settings = {
  readonly backends: readonly BackendRecord[];
  /** Tokens of context for every local model; the same for chat and completion, so that the server never reloads. */
  readonly contextLength: number;
  /** How long a local server keeps a model in memory after its last request, in the server's own spelling (`30m`, `-1`). */
  readonly keepAlive: string;
  readonly completion: CompletionSettings;
  readonly chat: { readonly model?: ModelRef };
};

export type CompletionSettings = {
  readonly enabled: boolean;
  /** Absent: the smallest installed model that can fill in the middle. */
  readonly model?: ModelRef;
  /** Served instead where the model lies beyond a file's reach. */
  readonly nearerModel?: ModelRef;
  readonly trigger: 'automatic' | 'manual';
  /** Milliseconds after the last key, or adaptive. */
  readonly delay: 'adaptive' | number;
  /** Suggest beside the editor's own list, too, in continuation of the item that is selected there. */
  readonly whileListOpen: boolean;
  readonly lines: 'auto' | 'single' | 'multiple';
  /** Most lines of an automatic suggestion. */
  readonly maxLines: number;
  /** Language id → on or off; `*` is the rest. */
  readonly languages: Readonly<Record<string, boolean>>;
  /** gitignore-like patterns of files where nothing is suggested. */
  readonly exclude: readonly string[];
  /** Model name → FIM template family, where the choice by name is wrong. */
  readonly templates: Readonly<Record<string, string>>;
  /** Evaluate the prompt ahead of need when the editor is idle. */
  readonly warm: boolean;
  /** Suggest from the code itself where no model server answers, and while a model loads. */
  readonly embedded: boolean;
};

/** One model server, as the user's own settings record it. */
export type BackendRecord = {
  readonly id: string;
  readonly kind: BackendKind;
  /** http or https, no user name, no query. */
  readonly url: string;
  /** What the user attests for this very endpoint; without it only what can be proved counts. */
  readonly zone?: Exclude<Zone, 'cloud'>;
  /** Name of the environment variable that holds the key; else the key is in the editor's secret storage, if anywhere. */
  readonly keyEnv?: string;
};

/** `custom` is any OpenAI-compatible server; `openrouter` knows that aggregator's own fields. */
export type BackendKind = 'ollama' | 'openrouter' | 'custom';

/** What is wrong with one setting: the whole key and a sentence that says what to write instead. */
export type SettingProblem = { readonly key: string; readonly message: string };
