import { chooseChatModel } from '../exchange/chooseModel.ts';
import type { ListedModel } from '../exchange/guard.ts';
import type { ModelRef } from '../exchange/model.ts';
import { nearestModel } from '../exchange/nearestModel.ts';
import type { BackendError } from '../exchange/stream.ts';
import type { Granted, OpenOffer } from '../declassify/leave.ts';
import type { Label } from '../label/labelled.ts';
import type { BackendRecord } from '../settings/settings.ts';
import type { Attachment, Conversation } from './conversation.ts';

/** Everything that the chat panel shows, as the host keeps it. The panel itself may be gone at any moment. */
export type ChatState = {
  readonly conversation: Conversation;
  /** What goes along with the next question. */
  readonly attachments: readonly Attachment[];
  /** The model chosen in this chat; else the settings choose, else what is installed. */
  readonly model: ModelRef | undefined;
  readonly board: readonly BoardEntry[];
  readonly pull: Pull | undefined;
  /** One sentence on something that could not be done, until the next act. */
  readonly notice: string | undefined;
  /** The part that the user looks at before sending it after all. */
  readonly offer?: OpenOffer | undefined;
  /** What the user has agreed to send beyond its reach. */
  readonly granted?: Granted | undefined;
  /** The label of what is being written, while it holds copies from documents. */
  readonly draft?: Label | undefined;
};

/** The models of one backend, as last heard. */
export type BoardEntry = {
  readonly backend: BackendRecord;
  readonly loading: boolean;
  readonly models: readonly ListedModel[];
  readonly error?: BackendError;
};

/** A model on its way to a backend. Bytes. */
export type Pull = {
  readonly model: ModelRef;
  readonly status: string;
  readonly completed?: number;
  readonly total?: number;
};

/** The model that the next question goes to: chosen here, set by the user, or the one at hand. */
export function modelInUse(state: ChatState, configured: ModelRef | undefined): ModelRef | undefined {
  return state.model ?? configured ?? localModel(state);
}

/**
 * Whether a server did not list its models, or the model in use is not there: another look may find more. Models of servers
 * beyond Ollama need not be listed to be there.
 */
export function isIncomplete(state: ChatState, configured: ModelRef | undefined): boolean {
  const model = modelInUse(state, configured);
  if (!model || state.board.some(({ error }) => error !== undefined)) return true;
  const entry = state.board.find(({ backend }) => backend.id === model.backend);
  return entry?.backend.kind === 'ollama' && !listedModel(state, model);
}

/** The model on this machine that a chat can fall back on. */
export function localModel(state: ChatState): ModelRef | undefined {
  return chooseChatModel(state.board.flatMap(({ models }) => models));
}

/** The listed model of that name; a name without a tag means `latest`. */
export function listedModel(state: ChatState, ref: ModelRef): ListedModel | undefined {
  const entry = state.board.find(({ backend }) => backend.id === ref.backend);
  return entry?.models.find(({ info }) => info.ref.model === ref.model || info.ref.model === `${ref.model}:latest`);
}

/** The model of the same server that is the missing one under another tag, as far as the server has listed its models. */
export function installedInstead({ board }: ChatState, missing: ModelRef): ModelRef | undefined {
  const entry = board.find(({ backend }) => backend.id === missing.backend);
  return entry?.backend.kind === 'ollama' ? nearestModel(missing, entry.models, 'chat') : undefined;
}

/** The model to offer where none is installed: small enough for any machine, and it completes too. */
export const starterModel = { model: 'qwen2.5-coder:1.5b', bytes: 986_000_000 } as const;
