/** A model of a backend, written `backendId/model` in settings. The model's own name may hold further slashes. */
export type ModelRef = { readonly backend: string; readonly model: string };

/** Reads `backendId/model`; undefined where either half is missing. */
export function parseModelRef(text: string): ModelRef | undefined {
  const slash = text.indexOf('/');
  if (slash <= 0 || slash === text.length - 1) return undefined;
  return { backend: text.slice(0, slash), model: text.slice(slash + 1) };
}

/** The spelling used in settings and messages. */
export function formatModelRef(ref: ModelRef): string {
  return `${ref.backend}/${ref.model}`;
}

/** Whether two references name the same model of the same backend. */
export function sameModel(a: ModelRef, b: ModelRef): boolean {
  return a.backend === b.backend && a.model === b.model;
}

/** What a backend says of one of its models, or what could be learned without sending user text. */
export type ModelInfo = {
  readonly ref: ModelRef;
  readonly capabilities: readonly ModelCapability[];
  readonly family?: string;
  /** In tokens. */
  readonly contextLength?: number;
  readonly bytes?: number;
  readonly digest?: string;
  /** The chat template, Go or Jinja, as the server describes it. */
  readonly template?: string;
  /** Set when the server itself says, or its name rule tells, that another host runs the model. */
  readonly remoteHost?: string;
  readonly parameterSize?: string;
};

export type ModelCapability = 'completion' | 'chat' | 'insert' | 'thinking' | 'tools' | 'vision' | 'embedding';
