import { formatModelRef, type ModelRef } from '../exchange/model.ts';
import type { ListedModel } from '../exchange/guard.ts';
import type { BackendError } from '../exchange/stream.ts';
import type { ChatView, ModelGroupView, ModelView, PanelView, ProblemView } from '../protocol/view.ts';
import { formatBytes } from '../protocol/amounts.ts';
import type { BackendRecord } from '../settings/settings.ts';
import { isUnattestedRelay, relayWords } from '../zone/relay.ts';
import {
  installedInstead,
  listedModel,
  localModel,
  modelInUse,
  starterModel,
  type BoardEntry,
  type ChatState,
} from './chatState.ts';
import { isRunning } from './conversation.ts';
import { attachmentView, messageViews, pastedViews, titleOf } from './messageView.ts';
import { modelDetail } from './modelDetail.ts';
import { errorProblem, missingProblem } from './problem.ts';

/** The whole panel: the conversation opened for the user's eyes, and all that stands around it. */
export function chatView(state: ChatState, configured: ModelRef | undefined): ChatView {
  const local = localModel(state);
  const kindOf = (id: string) => state.board.find(({ backend }) => backend.id === id)?.backend.kind;
  return {
    panel: panelView(state, configured),
    messages: messageViews(state.conversation, {
      ...(local ? { local } : {}),
      kindOf,
      installedInstead: (missing) => installedInstead(state, missing),
      offer: state.offer,
      granted: state.granted,
    }),
  };
}

function panelView(state: ChatState, configured: ModelRef | undefined): PanelView {
  const { conversation, attachments, board, pull, notice } = state;
  const model = modelInUse(state, configured);
  const pasted = state.draft ? pastedViews(state.draft) : [];
  const setup = setupProblem(state, model);
  return {
    session: conversation.id,
    title: titleOf(conversation),
    busy: conversation.messages.some((message) => message.kind === 'answer' && isRunning(message.state)),
    ...(model ? { model: modelView(model, listedModel(state, model)) } : {}),
    groups: board.map(groupView),
    attachments: attachments.map(attachmentView),
    ...(setup ? { setup } : {}),
    ...(pull ? { pull: { ...pull, model: formatModelRef(pull.model) } } : {}),
    ...(notice === undefined ? {} : { notice }),
    ...(pasted.length > 0 ? { pasted } : {}),
  };
}

function groupView({ backend, loading, models, error }: BoardEntry): ModelGroupView {
  const relay = models.some(({ proof }) => isUnattestedRelay(proof));
  return {
    backend: backend.id,
    loading,
    models: models
      .filter(({ info }) => !info.capabilities.includes('embedding'))
      .map((listed) => modelView(listed.info.ref, listed)),
    ...(error ? groupProblem(backend, error) : {}),
    ...(relay ? { relay: relayWords } : {}),
  };
}

/** What helps against it, where that is more than to choose or to ask again. */
function groupProblem({ id, kind }: BackendRecord, error: BackendError): Pick<ModelGroupView, 'problem' | 'mend'> {
  const { action } = errorProblem({ error }, { backend: id, model: '' }, kind);
  const helps = action && action.id !== 'choose-model' && action.id !== 'retry';
  return { problem: error.message, ...(helps ? { mend: action } : {}) };
}

function modelView(ref: ModelRef, listed: ListedModel | undefined): ModelView {
  const detail = listed && modelDetail(listed);
  return {
    ref: formatModelRef(ref),
    name: ref.model,
    ...(listed ? { zone: listed.proof.zone } : {}),
    because:
      listed?.proof.because.join('\n') ?? 'No server has listed it. Where it runs is proved before anything is sent.',
    ...(detail === undefined ? {} : { detail }),
  };
}

/** What stands between the user and a first answer, most basic first. */
function setupProblem(state: ChatState, model: ModelRef | undefined): ProblemView | undefined {
  if (state.board.length === 0)
    return { message: 'No model server is set up.', action: { id: 'open-settings', label: 'Open settings' } };
  const entry = model
    ? state.board.find(({ backend }) => backend.id === model.backend)
    : (state.board.find(({ backend }) => backend.kind === 'ollama') ?? state.board[0]);
  if (!entry)
    return {
      message: `The chat model belongs to "${model?.backend}", which is not among your backends.`,
      action: { id: 'choose-model', label: 'Choose another model' },
    };
  if (entry.loading) return undefined;
  if (entry.error)
    return setupAction(errorProblem({ error: entry.error }, model ?? starterRef(entry), entry.backend.kind));
  if (model && (entry.backend.kind !== 'ollama' || listedModel(state, model))) return undefined;
  return missingModel(entry, model, model && installedInstead(state, model));
}

function missingModel(entry: BoardEntry, model?: ModelRef, installed?: ModelRef): ProblemView | undefined {
  if (entry.backend.kind !== 'ollama')
    return { message: 'Choose a model to chat with.', action: { id: 'choose-model', label: 'Choose a model' } };
  if (model && installed) return missingProblem(model, installed);
  if (model)
    return {
      message: `${model.model} is not installed yet.`,
      action: { id: 'pull', label: `Download ${model.model}` },
    };
  return {
    message: 'Ollama is running and has no model to chat with yet.',
    detail: `${starterModel.model} is a good first one, about ${formatBytes(starterModel.bytes)}.`,
    action: { id: 'pull', label: `Download ${starterModel.model}` },
  };
}

/** There is no answer to try again yet: asking the server again is what helps. */
function setupAction(problem: ProblemView): ProblemView {
  return problem.action?.id === 'retry' ? { ...problem, action: { id: 'refresh', label: 'Try again' } } : problem;
}

function starterRef({ backend }: BoardEntry): ModelRef {
  return { backend: backend.id, model: starterModel.model };
}
