import { installedInstead, isIncomplete, localModel, type ChatState } from '../../core/chat/chatState.ts';
import { findAnswer, questionOf } from '../../core/chat/conversation.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import { labelled } from '../../core/label/labelled.ts';
import type { WithheldChoice } from '../../core/protocol/messages.ts';
import type { SessionView } from '../../core/protocol/view.ts';
import { attach } from './attach.ts';
import { createDeclassifier, type Declassifier } from './declassify.ts';
import { createConverseDesk, withoutNotice, type ConverseChange, type ConverseDesk } from './desk.ts';
import { createModelBoard } from './models.ts';
import type { ConversePorts, FoundFile } from './ports.ts';
import { createRunner, type Runner } from './run.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** The chat: one conversation at a time, at most one answer under way. Nothing here throws for a failed request. */
export type Converse = {
  readonly state: () => ChatState;
  readonly listen: (listener: (change: ConverseChange) => void) => () => void;
  /** Restores the last chat and asks the backends for their models. */
  readonly start: () => Promise<void>;
  /** Resolves when the answer has ended. With `replaces`, the question of that id and all after it goes. */
  readonly ask: (text: string, replaces?: string) => Promise<void>;
  readonly stop: () => void;
  readonly retry: (answer: string, model?: ModelRef) => Promise<void>;
  /** What to do about parts that may not go where the answer would be made. */
  readonly resolve: (answer: string, choice: WithheldChoice) => Promise<void>;
  /** Has a model on this machine answer instead. */
  readonly useLocal: (answer: string) => Promise<void>;
  /** Has the installed model that is the missing one of that answer, or the chosen one, under another tag take its place. */
  readonly useInstalled: (answer?: string) => Promise<void>;
  /** Has the model answer that was offered because the chosen one's server is down. All of the prompt is decided anew. */
  readonly askFarther: (answer: string) => Promise<void>;
  /** Sending a part that was held back after all. */
  readonly declassify: Declassifier;
  /** What is being written: where it holds copies from documents, the state says so. */
  readonly drafting: (text: string) => void;
  readonly newChat: () => void;
  readonly sessions: () => Promise<readonly SessionView[]>;
  readonly openSession: (id: string) => Promise<void>;
  readonly removeSession: (id: string) => Promise<void>;
  readonly chooseModel: (model: ModelRef) => void;
  readonly refreshModels: () => Promise<void>;
  /** The same, with what was known staying in sight until there is news. */
  readonly lookAgain: () => Promise<void>;
  /** Whether another look may find models that are missing now. */
  readonly isIncomplete: () => boolean;
  /** The user's settings have changed: a chat model that they newly name takes the place of the one chosen here. */
  readonly settingsChanged: () => Promise<void>;
  /** Downloads the model of that answer, the chosen one, or a good first one; then asks again. */
  readonly pull: (answer?: string) => Promise<void>;
  readonly cancelPull: () => void;
  readonly startOllama: (answer?: string) => Promise<void>;
  readonly attach: (what: AttachRequest) => Promise<void>;
  readonly detach: (id: string) => void;
  readonly findFiles: (query: string, signal: AbortSignal) => Promise<readonly FoundFile[]>;
  /** Stops what runs; resolves when the conversation is saved. */
  readonly dispose: () => Promise<void>;
};

export type AttachRequest =
  { readonly kind: 'active-file' } | { readonly kind: 'selection' } | { readonly kind: 'uri'; readonly uri: string };

export function createConverse(ports: ConversePorts): Converse {
  const desk = createConverseDesk(ports);
  const sessions = createSessions(ports, desk);
  const models = createModelBoard(ports, desk);
  const runner = createRunner(ports, desk, sessions);
  const declassify = createDeclassifier(ports, desk, runner);
  let configured = ports.settings().chat.model;
  const away = (next: () => void | Promise<void>) => {
    runner.stop();
    void sessions.save('now');
    return next();
  };
  const useLocal = async (answer: string): Promise<void> => {
    const model = localModel(desk.state());
    if (!model) return;
    desk.change((state) => ({ ...state, model }));
    await runner.retry(answer, model);
  };
  const chooseModel = (model: ModelRef): void => {
    desk.change((state) => ({ ...withoutNotice(state), model }));
    ports.rememberModel(model);
  };
  /** The model that an answer waits for, or the next question would. */
  const missingModel = (answer: string | undefined): ModelRef | undefined =>
    answer === undefined ? desk.model() : findAnswer(desk.state().conversation, answer)?.model;
  desk.listen(({ kind }) => {
    if (kind === 'delta') void sessions.save('soon');
  });
  return {
    state: desk.state,
    listen: desk.listen,
    start: async () => void (await Promise.all([sessions.restoreLast(), models.refresh()])),
    ask: async (typed, replaces) => {
      if (typed.trim() === '') return;
      const text = labelled(typed, ports.labelTyped(typed));
      await runner.ask({ text, attachments: desk.state().attachments, replaces });
    },
    stop: runner.stop,
    retry: runner.retry,
    resolve: (answer, choice) => resolveWithheld({ desk, sessions, runner, useLocal }, answer, choice),
    useLocal,
    useInstalled: async (answer) => {
      const missing = missingModel(answer);
      const found = missing && installedInstead(desk.state(), missing);
      if (!found) return models.refresh();
      chooseModel(found);
      if (answer !== undefined) await runner.retry(answer, found);
    },
    askFarther: async (id) => {
      const state = findAnswer(desk.state().conversation, id)?.state;
      if (state?.kind === 'failed' && state.standIn) await runner.retry(id, state.standIn.model);
    },
    declassify,
    drafting: (text) => {
      const label = text.trim() === '' ? undefined : ports.labelTyped(text);
      desk.change((state) => ({ ...state, draft: label }));
    },
    newChat: () => void away(sessions.startNew),
    sessions: sessions.list,
    openSession: async (id) => away(() => sessions.open(id)),
    removeSession: async (id) => {
      if (desk.state().conversation.id === id) runner.stop();
      await sessions.remove(id);
    },
    chooseModel,
    refreshModels: models.refresh,
    lookAgain: models.lookAgain,
    isIncomplete: () => isIncomplete(desk.state(), ports.settings().chat.model),
    settingsChanged: async () => {
      const { model } = ports.settings().chat;
      if (!sameModel(model, configured)) desk.change((state) => ({ ...state, model: undefined }));
      configured = model;
      await models.refresh();
    },
    pull: async (answer) => {
      const model = missingModel(answer);
      if ((await models.pull(model)) && answer !== undefined) await runner.retry(answer, model);
    },
    cancelPull: models.cancelPull,
    startOllama: async (answer) => {
      if ((await models.startOllama()) && answer !== undefined) await runner.retry(answer);
    },
    attach: (what) => attach(ports, desk, readingOf(ports, what)),
    detach: (id) =>
      desk.change((state) => ({
        ...withoutNotice(state),
        attachments: state.attachments.filter((attachment) => attachment.id !== id),
      })),
    findFiles: ports.files.find,
    dispose: async () => {
      runner.stop();
      models.dispose();
      await sessions.save('now');
    },
  };
}

async function resolveWithheld(
  parts: {
    readonly desk: ConverseDesk;
    readonly sessions: Sessions;
    readonly runner: Runner;
    readonly useLocal: (answer: string) => Promise<void>;
  },
  id: string,
  choice: WithheldChoice,
): Promise<void> {
  const { desk, sessions, runner, useLocal } = parts;
  const { conversation, granted } = desk.state();
  const answer = findAnswer(conversation, id);
  const question = questionOf(conversation, id);
  if (answer?.state.kind !== 'withheld' || !question) return;
  const held = answer.state.items.map((item) => item.id);
  switch (choice) {
    case 'without':
      // Without the question there is nothing to answer.
      if (held.includes(question.id)) return;
      desk.happen({ kind: 'agreed', parts: held });
      return runner.retry(id, answer.model, granted?.answer === id ? granted.leaves : []);
    case 'local':
      return useLocal(id);
    case 'afresh': {
      // What the new chat starts with may go where the model runs: the question, and of its attachments the free ones.
      const attachments = question.attachments.filter(
        (attachment) => !held.includes(`${question.id}/${attachment.id}`),
      );
      sessions.startNew();
      desk.change((state) => ({ ...state, model: answer.model }));
      return runner.ask({ text: question.text, attachments });
    }
  }
}

function sameModel(a: ModelRef | undefined, b: ModelRef | undefined): boolean {
  return a?.backend === b?.backend && a?.model === b?.model;
}

function readingOf({ files }: ConversePorts, what: AttachRequest) {
  switch (what.kind) {
    case 'active-file':
      return files.activeFile();
    case 'selection':
      return files.selection();
    case 'uri':
      return files.file(what.uri);
  }
}
