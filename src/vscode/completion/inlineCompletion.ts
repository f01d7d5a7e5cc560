import * as vscode from 'vscode';
import type { Ask } from '../../assistant/completeInline/ports.ts';
import type { Offer } from '../../core/completion/offer.ts';
import { acceptedCommand, askAt, itemOf } from './ask.ts';
import { mendCursor, type Taken } from './cursorAfter.ts';
import { isAside } from './facts.ts';
import { createGrowth } from './growth.ts';
import { createNewcomer } from './newcomer.ts';
import type { InlineCompletionParts } from './parts.ts';
import { isSamePlace, placeAt, type Place } from './place.ts';
import { watchTyping } from './typing.ts';

/**
 * Registers inline completion with the editor, on its stable API. The editor cancels its question at every key; what was
 * asked of the model goes on and is joined by the next question.
 */
export function registerInlineCompletion(parts: InlineCompletionParts): vscode.Disposable {
  const { completion } = parts;
  const typing = watchTyping(parts);
  const growth = createGrowth(completion);
  const newcomer = createNewcomer();
  let shown: Place | undefined;

  const provider: vscode.InlineCompletionItemProvider = {
    provideInlineCompletionItems: async (document, position, context, token) => {
      const byCommand = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
      const asked = growth.asked(placeAt(document, position), byCommand);
      if (!parts.wanted(document, asked.explicit) || isAside(document)) return undefined;
      typing.asked(document);
      const question = { document, position, context, explicit: asked.explicit };
      const choosing = asked.explicit && !asked.again && isSamePlace(shown, asked.place);
      const ask = askAt({ ...parts, inSnippet: typing.inSnippet }, question);
      const offers = await offersFor(ask, { choosing, signal: signalOf(token) });
      const [first] = offers;
      // Suggestions may have been switched off, or snoozed, or the language changed, while the model spoke.
      if (!first || token.isCancellationRequested || !parts.wanted(document, asked.explicit)) return undefined;
      shown = asked.place;
      // Asked by command for one suggestion, the editor would not ask for others.
      if (byCommand && !choosing) newcomer.come();
      else newcomer.leave();
      if ((first.standIn || first.growing) && !context.selectedCompletionInfo) void growth.follow(first, asked);
      return offers.map((offer) => itemOf(offer, question));
    },
  };
  return vscode.Disposable.from(
    typing,
    growth,
    newcomer,
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider),
    vscode.commands.registerCommand(acceptedCommand, (taken?: Taken) => {
      completion.accepted();
      if (taken) mendCursor(taken);
    }),
    vscode.commands.registerCommand('ringfence.completion.trigger', () => {
      // Who wants a suggestion now does not want to wait until there are several, whatever was shown there before.
      shown = undefined;
      // And where nothing came of it before, the editor is to ask once more.
      newcomer.come();
      return vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    }),
    vscode.commands.registerCommand('ringfence.completion.dismiss', async () => {
      completion.dismissed();
      await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    }),
  );

  /** Who asks by command where something is shown already wants to choose, unless it was we who had the editor ask. */
  async function offersFor(
    ask: Ask,
    { choosing, signal }: { choosing: boolean; signal: AbortSignal },
  ): Promise<readonly Offer[]> {
    if (choosing) return completion.alternatives(ask, signal);
    const offer = await completion.suggest(ask, signal);
    return offer ? [offer] : [];
  }
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
