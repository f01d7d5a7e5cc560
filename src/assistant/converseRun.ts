import type { Labelled } from '../core/label/labelled.ts';
import { findAnswer, questionOf, type Attachment } from '../core/chat/conversation.ts';
import type { NewAnswer } from '../core/chat/reduce.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import { answerQuestion } from './converseAnswer.ts';
import { rereadAttachments } from './converseAttach.ts';
import { withoutNotice, type ConverseDesk } from './converseDesk.ts';
import type { ConversePorts } from './conversePorts.ts';
import type { Sessions } from './converseSessions.ts';

/** At most one answer under way: a newer question ends the one before it. */
export type Runner = {
  readonly ask: (asked: Asked) => Promise<void>;
  /** Answers again; all after that answer goes. */
  readonly retry: (answer: string, model?: ModelRef) => Promise<void>;
  readonly stop: () => void;
};

/** A question before it is one. `replaces` names the question whose place it takes. */
export type Asked = {
  readonly text: Labelled;
  readonly attachments: readonly Attachment[];
  readonly replaces?: string | undefined;
};

export function createRunner(ports: ConversePorts, desk: ConverseDesk, sessions: Sessions): Runner {
  let running: { readonly answer: string; readonly abort: AbortController } | undefined;
  const stop = (): void => {
    if (!running) return;
    desk.happen({ kind: 'stopped', answer: running.answer });
    running.abort.abort();
    running = undefined;
  };
  const run = async (answer: string): Promise<void> => {
    const own = (running = { answer, abort: new AbortController() });
    await sessions.save('now');
    try {
      await answerQuestion(ports, desk, { answer, signal: own.abort.signal });
    } catch (cause) {
      if (!own.abort.signal.aborted) {
        ports.log(`Answering failed: ${cause instanceof Error ? cause.name : 'unknown cause'}`);
        desk.happen({ kind: 'failed', answer, error: { ...wentWrong, cause } });
      }
    }
    // A stream that ends without a word has ended all the same.
    desk.happen({ kind: 'finished', answer, reason: 'incomplete' });
    if (running === own) running = undefined;
    await sessions.save('now');
  };
  return {
    stop,
    ask: async (asked) => {
      const model = desk.model();
      if (!model) return desk.change((state) => ({ ...state, notice: 'Choose a model first.' }));
      stop();
      const attachments = await rereadAttachments(ports, asked.attachments);
      if (typeof attachments === 'string') return desk.change((state) => ({ ...state, notice: attachments }));
      stop();
      const answer = newAnswer(ports, model);
      const question = { kind: 'question', id: ports.newId(), at: answer.at, text: asked.text, attachments } as const;
      desk.change((state) => ({ ...withoutNotice(state), attachments: [] }));
      desk.happen({ kind: 'asked', question, answer, ...(asked.replaces ? { replaces: asked.replaces } : {}) });
      await run(answer.id);
    },
    retry: async (id, chosen) => {
      const old = findAnswer(desk.state().conversation, id);
      const model = chosen ?? desk.model() ?? old?.model;
      if (!old || !model || !questionOf(desk.state().conversation, id)) return;
      stop();
      const by = newAnswer(ports, model);
      desk.happen({ kind: 'retried', answer: id, by });
      await run(by.id);
    },
  };
}

const wentWrong = { reason: 'unexpected', message: 'Something went wrong inside Ringfence.' } as const;

function newAnswer({ newId, clock }: ConversePorts, model: ModelRef): NewAnswer {
  return { id: newId(), at: clock.now(), model };
}
