import { findAnswer, questionOf, type Attachment } from '../../core/chat/conversation.ts';
import type { NewAnswer } from '../../core/chat/reduce.ts';
import type { Leave } from '../../core/declassify/leave.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { Labelled } from '../../core/label/labelled.ts';
import { answerQuestion } from './answer.ts';
import { rereadAttachments } from './attach.ts';
import { withoutNotice, type ConverseDesk } from './desk.ts';
import { standInAfter } from './outage.ts';
import type { ConversePorts } from './ports.ts';
import type { Sessions } from './sessions.ts';

/** At most one answer under way: a newer question ends the one before it. */
export type Runner = {
  readonly ask: (asked: Asked) => Promise<void>;
  /** Answers again; all after that answer goes. `leaves` are what the user has agreed to send for it. */
  readonly retry: (answer: string, model?: ModelRef, leaves?: readonly Leave[]) => Promise<void>;
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
  /** The answer of a model that steps in for one that was not there. */
  const standIn = async (answer: string, signal: AbortSignal): Promise<NewAnswer | undefined> => {
    try {
      const model = await standInAfter(ports, desk, { answer, signal });
      const first = findAnswer(desk.state().conversation, answer);
      if (!model || !first || signal.aborted) return undefined;
      return { ...newAnswer(ports, model), insteadOf: first.insteadOf ?? first.model };
    } catch (cause) {
      ports.log(`Looking for a stand-in failed: ${cause instanceof Error ? cause.name : 'unknown cause'}`);
      return undefined;
    }
  };
  const run = async (answer: string): Promise<void> => {
    const own = (running = { answer, abort: new AbortController() });
    const { signal } = own.abort;
    await sessions.save('now');
    try {
      await answerQuestion(ports, desk, { answer, signal });
    } catch (cause) {
      if (!signal.aborted) {
        ports.log(`Answering failed: ${cause instanceof Error ? cause.name : 'unknown cause'}`);
        desk.happen({ kind: 'failed', answer, error: { ...wentWrong, cause } });
      }
    }
    // A stream that ends without a word has ended all the same.
    desk.happen({ kind: 'finished', answer, reason: 'incomplete' });
    const other = await standIn(answer, signal);
    if (other) {
      desk.happen({ kind: 'retried', answer, by: other });
      return run(other.id);
    }
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
      desk.change((state) => ({
        ...withoutNotice(state),
        attachments: [],
        offer: undefined,
        granted: undefined,
        draft: undefined,
      }));
      desk.happen({ kind: 'asked', question, answer, ...(asked.replaces ? { replaces: asked.replaces } : {}) });
      await run(answer.id);
    },
    retry: async (id, chosen, leaves = []) => {
      const old = findAnswer(desk.state().conversation, id);
      const model = chosen ?? desk.model() ?? old?.model;
      if (!old || !model || !questionOf(desk.state().conversation, id)) return;
      stop();
      const by = newAnswer(ports, model);
      const granted = leaves.length > 0 ? { answer: by.id, leaves } : undefined;
      desk.change((state) => ({ ...state, offer: undefined, granted }));
      desk.happen({ kind: 'retried', answer: id, by });
      await run(by.id);
    },
  };
}

const wentWrong = { reason: 'unexpected', message: 'Something went wrong inside Ringfence.' } as const;

function newAnswer({ newId, clock }: ConversePorts, model: ModelRef): NewAnswer {
  return { id: newId(), at: clock.now(), model };
}
