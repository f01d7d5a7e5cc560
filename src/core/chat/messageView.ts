import { formatModelRef, type ModelRef } from '../exchange/model.ts';
import { reveal } from '../label/labelled.ts';
import type { AnswerStateView, AttachmentView, LeftOutView, MessageView, ServedView } from '../protocol/view.ts';
import type { Answer, Attachment, Conversation, LeftOut, Question, ServedNote } from './conversation.ts';
import { errorProblem, refusalProblem } from './problem.ts';
import { whyHeld, whyMade } from './whyHeld.ts';

/** What wording an answer needs to know of the world: the local model that could step in, and what a backend speaks. */
export type ViewContext = {
  readonly local?: ModelRef;
  readonly kindOf: (backend: string) => string | undefined;
};

/** The messages as the panel draws them: the texts opened for the user, who may read all of them. */
export function messageViews(conversation: Conversation, context: ViewContext): readonly MessageView[] {
  return conversation.messages.map((message) =>
    message.kind === 'question' ? questionView(message) : answerView(message, context),
  );
}

/** What the user calls the conversation: the beginning of the first question. */
export function titleOf(conversation: Conversation): string {
  const first = conversation.messages.find((message) => message.kind === 'question');
  const line = first ? (reveal(first.text).trim().split('\n')[0] ?? '') : '';
  return line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line;
}

/** A chip for an attachment: what it is, how far it may go, and by which rule. */
export function attachmentView({ id, title, text }: Attachment): AttachmentView {
  return { id, title, reach: text.label.reach, why: whyHeld(text.label) };
}

function questionView({ id, text, attachments }: Question): MessageView {
  return {
    kind: 'question',
    id,
    text: reveal(text),
    reach: text.label.reach,
    attachments: attachments.map(attachmentView),
  };
}

function answerView(answer: Answer, context: ViewContext): MessageView {
  const { id, model, text, thinking, served, leftOut, warnings } = answer;
  // Before it is sent an answer has no text, and so nothing that could be held back.
  const said = text.length + thinking.length > 0;
  return {
    kind: 'answer',
    id,
    model: formatModelRef(model),
    text: reveal(text),
    thinking: reveal(thinking),
    reach: said ? text.label.reach : 'cloud',
    why: said ? whyMade(text.label) : '',
    state: stateView(answer, context),
    ...(served ? { served: servedView(served) } : {}),
    leftOut: leftOut.map(leftOutView),
    warnings,
  };
}

function stateView({ state, model }: Answer, context: ViewContext): AnswerStateView {
  switch (state.kind) {
    case 'checking':
      return { kind: 'working', note: 'Checking where this goes' };
    case 'waiting':
      return { kind: 'working', note: `Waiting for ${model.model}` };
    case 'loading':
      return { kind: 'working', note: `Loading ${model.model}` };
    case 'streaming':
    case 'stopped':
      return { kind: state.kind };
    case 'done':
      return { kind: 'done', ...doneNote(state.reason) };
    case 'withheld':
      return {
        kind: 'withheld',
        zone: state.zone,
        items: state.items.map(leftOutView),
        ...(context.local ? { local: formatModelRef(context.local) } : {}),
      };
    case 'refused':
      return { kind: 'problem', problem: refusalProblem(state.refusal, context.local) };
    case 'failed':
      return { kind: 'problem', problem: errorProblem(state.error, model, context.kindOf(model.backend)) };
  }
}

function doneNote(reason: 'stop' | 'length' | 'incomplete'): { readonly note?: string } {
  if (reason === 'length') return { note: 'Cut at the longest answer.' };
  if (reason === 'incomplete') return { note: 'The server ended without saying so; this may be cut.' };
  return {};
}

function leftOutView({ id, title, reach, why }: LeftOut): LeftOutView {
  return { id, title, reach, why };
}

function servedView({
  zone,
  where,
  because,
  served,
  usage,
  durationMs,
  firstTokenMs,
  bytesOut,
}: ServedNote): ServedView {
  return {
    zone,
    where,
    model: served.model,
    because,
    durationMs,
    ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
    ...(usage.promptTokens === undefined ? {} : { promptTokens: usage.promptTokens }),
    ...(usage.outputTokens === undefined ? {} : { outputTokens: usage.outputTokens }),
    ...(usage.costUsd === undefined ? {} : { costUsd: usage.costUsd }),
    bytesOut,
  };
}
