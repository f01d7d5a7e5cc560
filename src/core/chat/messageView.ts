import type { Granted, OpenOffer } from '../declassify/leave.ts';
import { formatModelRef, type ModelRef } from '../exchange/model.ts';
import { labelOf, reveal, type Label } from '../label/labelled.ts';
import type {
  AnswerStateView,
  AttachmentView,
  LeftOutView,
  MessageView,
  OfferView,
  ServedView,
} from '../protocol/view.ts';
import {
  questionOf,
  type Answer,
  type Attachment,
  type Conversation,
  type LeftOut,
  type Question,
  type ServedNote,
} from './conversation.ts';
import { errorProblem, refusalProblem } from './problem.ts';
import { ruleWords, whyHeld, whyMade } from './whyHeld.ts';
import { describeProvenance } from '../label/provenance.ts';

/** What wording an answer needs to know of the world: the local model that could step in, and what a backend speaks. */
export type ViewContext = {
  readonly local?: ModelRef;
  readonly kindOf: (backend: string) => string | undefined;
  /** The installed model that is a missing one under another tag. */
  readonly installedInstead: (missing: ModelRef) => ModelRef | undefined;
  readonly offer?: OpenOffer | undefined;
  readonly granted?: Granted | undefined;
};

/** The messages as the panel draws them: the texts opened for the user, who may read all of them. */
export function messageViews(conversation: Conversation, context: ViewContext): readonly MessageView[] {
  return conversation.messages.map((message) =>
    message.kind === 'question'
      ? questionView(message)
      : answerView(message, { ...context, asked: questionOf(conversation, message.id)?.id }),
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

/** A chip for each document that a text holds copies from and that does not let it go everywhere. */
export function pastedViews({ origins }: Label): readonly AttachmentView[] {
  const held = origins.filter(
    ({ provenance, reach }) => reach !== 'cloud' && (provenance.kind === 'file' || provenance.kind === 'untitled'),
  );
  const views = held.map((origin): AttachmentView => {
    const name = describeProvenance(origin.provenance);
    return { id: name, title: `pasted from ${name}`, reach: origin.reach, why: whyHeld(labelOf([origin])) };
  });
  return [...new Map(views.map((view) => [view.id, view])).values()];
}

function questionView({ id, text, attachments }: Question): MessageView {
  const pasted = pastedViews(text.label);
  return {
    kind: 'question',
    id,
    text: reveal(text),
    reach: text.label.reach,
    attachments: attachments.map(attachmentView),
    ...(pasted.length > 0 ? { pasted } : {}),
  };
}

/** `asked` is the id of the question. */
type AnswerContext = ViewContext & { readonly asked: string | undefined };

function answerView(answer: Answer, context: AnswerContext): MessageView {
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
    ...(answer.insteadOf ? { instead: `${formatModelRef(answer.insteadOf)} did not answer` } : {}),
    leftOut: leftOut.map(leftOutView),
    warnings,
  };
}

function stateView({ id, state, model }: Answer, { asked, ...context }: AnswerContext): AnswerStateView {
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
        ...(state.items.some((item) => item.id === asked) ? { whole: true } : {}),
        ...(context.offer?.answer === id ? { offer: offerView(context.offer) } : {}),
        ...(context.granted?.answer === id ? { granted: context.granted.leaves.map(({ title }) => title) } : {}),
      };
    case 'refused':
      return { kind: 'problem', problem: refusalProblem(state.refusal, context.local) };
    case 'failed':
      return {
        kind: 'problem',
        problem: errorProblem(
          { ...state, installed: context.installedInstead(model) },
          model,
          context.kindOf(model.backend),
        ),
      };
  }
}

function doneNote(reason: 'stop' | 'length' | 'incomplete'): { readonly note?: string } {
  if (reason === 'length') return { note: 'Cut at the longest answer.' };
  if (reason === 'incomplete') return { note: 'The server ended without saying so; this may be cut.' };
  return {};
}

function leftOutView({ id, title, reach, why, mayDeclassify }: LeftOut): LeftOutView {
  return { id, title, reach, why, ...(mayDeclassify ? { mayDeclassify } : {}) };
}

function offerView({ id, title, text, rules, why, offer }: OpenOffer): OfferView {
  const { model, zone, origin } = offer.destination;
  const host = URL.canParse(origin) ? new URL(origin).host : origin;
  return { id, title, text: reveal(text), rules: rules.map(ruleWords), why, host, model: model.model, zone };
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
