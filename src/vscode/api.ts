import * as vscode from 'vscode';
import { ask, type Answered, type Question } from '../assistant/ask.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import { typedLabel } from '../core/chat/typedLabel.ts';
import type { Guard } from '../core/exchange/guard.ts';
import { parseModelRef, type ModelRef } from '../core/exchange/model.ts';
import { labelled } from '../core/label/labelled.ts';
import { mayReach, zones, type Reach, type Zone } from '../core/label/reach.ts';
import type { RuleRef } from '../core/policy/ruleRef.ts';
import { servedWhere, zoneOfReceipt } from '../core/status/servedBy.ts';
import type { PolicyStore } from './policy/store.ts';
import type { Reader, ResourceSource } from './reader.ts';

/** What `activate()` returns. Everything goes through the same guard as the rest of Ringfence. */
export type RingfenceApi = {
  /** How far a file may go now, and by which rules. Reads no content. */
  explain(uri: vscode.Uri): Promise<FileExplanation>;
  /** Asks a model. Iterating yields the answer's text; `result` settles when the answer has ended. */
  ask(request: AskRequest): Answer;
  /** Fires after each request of this window, sent or refused. */
  readonly onDidServe: vscode.Event<Served>;
};

export type FileExplanation = {
  readonly uri: string;
  readonly reach: Reach;
  readonly rules: readonly RuleRef[];
  /** Why it stays nearer than the rules say, if it does. */
  readonly doubt?: string;
  readonly zones: Readonly<Record<Zone, boolean>>;
};

export type AskRequest = {
  /** Counts as text that the user typed: the caller vouches for it. */
  readonly prompt: string;
  /** Files to send along; one that may not reach the model is dropped and reported. */
  readonly attach?: readonly vscode.Uri[];
  /** `backendId/model`; absent: the chat model of the settings, else one on this machine. */
  readonly model?: string;
  readonly signal?: AbortSignal;
};

export type Answer = AsyncIterable<string> & { readonly result: Promise<AskResult> };

/** `servedBy` is absent when nothing was sent; `error` then says why, in words for a person. */
export type AskResult = {
  readonly servedBy?: Served;
  readonly dropped: readonly {
    readonly title: string;
    readonly reach: Reach;
    readonly rules: readonly RuleRef[];
    readonly why: string;
  }[];
  readonly error?: string;
};

/** Who served a request, from evidence on the wire. */
export type Served = {
  readonly intent: Receipt['intent'];
  readonly model: string;
  readonly backend: string;
  /** Absent when the request was refused. */
  readonly zone?: Zone;
  /** The machine, the host or the upstream, in words. */
  readonly where: string;
  readonly durationMs: number;
  readonly bytesOut: number;
  readonly dropped: number;
};

type Dependencies = {
  readonly guard: Guard;
  readonly policy: Pick<PolicyStore, 'decide' | 'ready'>;
  readonly reader: Reader;
  readonly resources: ResourceSource;
  readonly defaultModel: () => Promise<ModelRef | undefined>;
  readonly onReceipt: vscode.Event<Receipt>;
};

/** Builds the API that other extensions get. */
export function createApi(dependencies: Dependencies): { readonly api: RingfenceApi } & vscode.Disposable {
  const { policy, resources, onReceipt } = dependencies;
  const served = new vscode.EventEmitter<Served>();
  const listener = onReceipt((receipt) => served.fire(servedOf(receipt)));
  const api: RingfenceApi = {
    explain: async (uri) => {
      await policy.ready;
      const resource = await resources.resolve(uri.toString());
      const { reach, rules, doubt } = policy.decide({ kind: 'file', resource });
      const open = Object.fromEntries(zones.map((zone) => [zone, mayReach(reach, zone)] as const));
      return {
        uri: uri.toString(),
        reach,
        rules,
        ...(doubt !== undefined && { doubt }),
        zones: {
          device: open['device'] === true,
          perimeter: open['perimeter'] === true,
          cloud: open['cloud'] === true,
        },
      };
    },
    ask: (request) => answer(dependencies, request),
    onDidServe: served.event,
  };
  return {
    api: Object.freeze(api),
    dispose: () => {
      listener.dispose();
      served.dispose();
    },
  };
}

/** What other extensions learn of one receipt. */
export function servedOf(receipt: Receipt): Served {
  const zone = zoneOfReceipt(receipt);
  return {
    intent: receipt.intent,
    model: receipt.served?.model ?? receipt.model.model,
    backend: receipt.model.backend,
    ...(zone && { zone }),
    where: servedWhere(receipt),
    durationMs: receipt.durationMs,
    bytesOut: receipt.bytesOut,
    dropped: receipt.verdict.parts.filter((part) => part.decision === 'drop').length,
  };
}

/** Starts at once, so that a caller who only awaits `result` gets it; text that nobody has read yet waits in memory. */
function answer(dependencies: Dependencies, request: AskRequest): Answer {
  const waiting: string[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  const run = async (): Promise<AskResult> => {
    try {
      const stream = await start(dependencies, request);
      if (typeof stream === 'string') return { dropped: [], error: stream };
      let next = await stream.next();
      for (; next.done !== true; next = await stream.next()) {
        waiting.push(next.value);
        wake();
      }
      return resultOf(next.value);
    } catch (error) {
      return { dropped: [], error: error instanceof Error ? error.message : String(error) };
    } finally {
      ended = true;
      wake();
    }
  };
  const result = run();
  return {
    result,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const text = waiting.shift();
        if (text !== undefined) yield text;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

async function start(
  dependencies: Dependencies,
  request: AskRequest,
): Promise<AsyncGenerator<string, Answered> | string> {
  const { guard, policy, reader, defaultModel } = dependencies;
  const signal = request.signal ?? new AbortController().signal;
  const model = request.model === undefined ? await defaultModel() : parseModelRef(request.model);
  if (!model)
    return request.model === undefined ? 'No model is at hand.' : `"${request.model}" is not backendId/model.`;
  const question: Question = {
    model,
    prompt: labelled(request.prompt, typedLabel(policy)),
    attachments: await Promise.all(
      (request.attach ?? []).map(async (uri) => {
        const { display, text } = await reader.resolved(await vscode.workspace.openTextDocument(uri));
        return { title: display, text };
      }),
    ),
  };
  return ask(guard, question, signal);
}

function resultOf({ receipt, dropped, refusal, error }: Answered): AskResult {
  const wrong = refusal ?? error;
  return {
    ...(receipt && wasServed(receipt) && { servedBy: servedOf(receipt) }),
    dropped: dropped.map(({ title, reach, rules, why }) => ({ title, reach, rules, why: why ?? '' })),
    ...(wrong && { error: [wrong.message, wrong.action].filter((word) => word !== undefined).join(' ') }),
  };
}

/** Whether anybody answered: not where it was refused, failed, or given up before the first word. */
function wasServed({ verdict, outcome, firstTokenMs }: Receipt): boolean {
  if (verdict.kind === 'refuse') return false;
  return outcome.kind === 'done' || (outcome.kind === 'aborted' && firstTokenMs !== undefined);
}
