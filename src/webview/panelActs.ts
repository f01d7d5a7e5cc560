import type { ToHost } from '../core/protocol/messages.ts';
import type { AnswerActs } from './answer.ts';
import type { ComposerActs } from './composer.ts';

type Send = (message: ToHost) => void;

/** What the buttons of an answer ask of the host. */
export function answerActs(
  send: Send,
  own: Pick<AnswerActs, 'act'> & {
    readonly pickModel: (owner: HTMLElement, choose: (ref: string) => void) => void;
  },
): Omit<AnswerActs, 'moved'> {
  return {
    copy: (text) => send({ kind: 'copy', text }),
    insert: (text) => send({ kind: 'insert', text }),
    resolve: (answer, choice) => send({ kind: 'resolve', answer, choice }),
    preview: (answer, part) => send({ kind: 'preview-part', answer, part }),
    sendPart: (offer) => send({ kind: 'send-part', offer }),
    closePart: () => send({ kind: 'close-part' }),
    act: own.act,
    retry: (answer) => send({ kind: 'retry', answer }),
    retryWith: (answer, owner) => own.pickModel(owner, (model) => send({ kind: 'retry', answer, model })),
  };
}

/** What the composer asks of the host. */
export function composerActs(
  send: Send,
  own: Pick<ComposerActs, 'lastQuestion' | 'changed'> & { readonly asking: () => void },
): ComposerActs {
  return {
    ask: ({ text, replaces }) => {
      own.asking();
      send({ kind: 'ask', text, ...(replaces === undefined ? {} : { replaces }) });
    },
    stop: () => send({ kind: 'stop' }),
    attach: (what) => send({ kind: what === 'file' ? 'attach-file' : 'attach-selection' }),
    attachUri: (uri) => send({ kind: 'attach-uri', uri }),
    detach: (id) => send({ kind: 'detach', id }),
    find: (request, query) => send({ kind: 'find-files', request, query }),
    drafting: (text) => send({ kind: 'draft', text }),
    act: (action) => send({ kind: 'act', action }),
    chooseModel: (model) => send({ kind: 'choose-model', model }),
    refreshModels: () => send({ kind: 'refresh-models' }),
    lastQuestion: own.lastQuestion,
    changed: own.changed,
  };
}
