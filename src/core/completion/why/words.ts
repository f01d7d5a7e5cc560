import { formatModelRef } from '../../exchange/model.ts';
import type { GateReason } from '../gate.ts';
import type { Nothing, Outcome, Route, Trouble, Unwanted } from './explanation.ts';
import { scopeWords } from './scopeWords.ts';
import { formatDuration } from '../../protocol/amounts.ts';

/** What became of a question, for the user: a heading, a sentence, and what to do where something can be done. */
export type Told = { readonly heading: string; readonly sentence: string; readonly action?: string };

/** Puts an outcome in words. */
export function tell(outcome: Outcome): Told {
  if (outcome.kind === 'shown')
    return {
      heading: `Shown ${formatDuration(outcome.shownMs)} after the key`,
      sentence: routeSentences[outcome.route],
    };
  return tellNothing(outcome.because);
}

/** Puts in words why a model that would have come first did not answer. */
export function tellTrouble(trouble: Trouble): Omit<Told, 'heading'> {
  const name = formatModelRef(trouble.model);
  const still = trouble.still ? ' It was not asked again: it is left alone for a while.' : '';
  switch (trouble.kind) {
    case 'refused':
      return withAction(`${name} was sent nothing: ${trouble.refusal.message}${still}`, trouble.refusal.action);
    case 'failed':
      return withAction(`${name} did not answer: ${trouble.error.message}${still}`, trouble.error.action);
    case 'unfit':
      return withAction(`${name} cannot complete code: ${trouble.why}`, 'Choose another completion model.');
  }
}

export const routeNames: Readonly<Record<Route, string>> = {
  fresh: 'asked for at the key',
  joined: 'joined a request under way',
  typed: 'typed or taken as suggested',
  kept: 'said before for the place',
  ahead: 'asked for ahead of need',
  meanwhile: 'before the model had spoken',
};

const routeSentences: Readonly<Record<Route, string>> = {
  fresh: 'It was asked for at this key.',
  joined: 'It was already under way when you pressed the key, so no further request was made.',
  typed: 'You are typing or taking what was suggested before, so no request was needed.',
  kept: 'The model had said it for this place before, so no request was needed.',
  ahead: 'It was asked for ahead of need, while you looked at what comes before it.',
  meanwhile:
    'The model is still being loaded, or has said nothing yet. Until then, the engine in this editor suggests from your own code.',
};

function tellNothing(because: Nothing): Told {
  const heading = 'Nothing is suggested here';
  switch (because.kind) {
    case 'closed':
      return { heading, ...toldOfGate[because.reason] };
    case 'unwanted':
      return { heading, ...tellUnwanted(because.reason) };
    case 'by hand':
      return {
        heading,
        sentence: 'Your settings ask for suggestions by hand only.',
        action: 'Run "Ringfence: Suggest Now".',
      };
    case 'no model':
      return { heading, sentence: 'There is no model that completes code.', action: 'Start Ollama or choose a model.' };
    case 'refused':
    case 'failed':
    case 'unfit':
      return { heading, ...tellTrouble(because) };
    case 'filtered':
      return {
        heading,
        sentence:
          'The model answered, and nothing of it was fit to be shown: it was empty or said what stands there already.',
      };
    case 'silent':
      return { heading, sentence: 'There was nothing to suggest here.' };
    case 'spent':
      return {
        heading,
        sentence: 'What is known for this place has been typed already, or you waved it away.',
        action: 'Run "Ringfence: Suggest Now" to ask anew.',
      };
    case 'typed on':
      return { heading, sentence: 'You typed on, or left, before an answer came.' };
    case 'waiting':
      return { heading: 'Nothing is suggested yet', sentence: 'The answer is still on its way.' };
  }
}

const toldOfGate: Readonly<Record<GateReason, Omit<Told, 'heading'>>> = {
  cursors: { sentence: 'There is more than one cursor.' },
  selection: { sentence: 'Text is selected.' },
  aside: { sentence: 'This is a comparison, or a document in which nobody writes code.' },
  list: {
    sentence: "The editor's own list was open, and your settings want no suggestion beside it.",
    action: 'Change the setting "ringfence.completion.whileListOpen", or run "Ringfence: Suggest Now".',
  },
  snippet: {
    sentence: 'A snippet is being filled in, where the editor shows no suggestions.',
    action: 'Change the setting "editor.inlineSuggest.suppressInSnippetMode" to have them there.',
  },
  huge: { sentence: 'The file is longer than a million characters.' },
  'long-line': { sentence: 'The line is longer than 2,000 characters.' },
  minified: { sentence: 'The lines around are longer than 2,000 characters on average.' },
  'mid-word': { sentence: 'The cursor stands in the middle of a word.' },
  'nothing-yet': { sentence: 'The file is still empty.' },
};

function tellUnwanted(reason: Unwanted): Omit<Told, 'heading'> {
  switch (reason.kind) {
    case 'off':
      return withAction(`Completion is switched off in ${scopeWords[reason.scope]}.`, switchOn);
    case 'editor off':
      return withAction(
        'The editor shows no inline suggestions by itself.',
        'Change the setting "editor.inlineSuggest.enabled", or run "Ringfence: Suggest Now".',
      );
    case 'snoozed':
      return withAction('Completion is snoozed.', 'Run "Ringfence: End Snooze".');
    case 'language':
      return withAction(
        `Completion is switched off for ${reason.language} files in ${scopeWords[reason.scope]}.`,
        switchOn,
      );
    case 'excluded':
      return withAction(
        `${capital(scopeWords[reason.scope])} leave this file out: it matches "${reason.pattern}".`,
        'Change the setting "ringfence.completion.exclude".',
      );
    case 'aside':
      return { sentence: 'This is a document in which nobody writes code.' };
    case 'read-only':
      return { sentence: 'This document cannot be edited.' };
    case 'not read yet':
      return { sentence: 'The policy and the names of this file are still being read.' };
  }
}

const switchOn = 'Switch it on by "Ringfence: Show Menu".';

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withAction(sentence: string, action: string | undefined): Omit<Told, 'heading'> {
  return action === undefined ? { sentence } : { sentence, action };
}
