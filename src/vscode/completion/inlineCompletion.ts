import * as vscode from 'vscode';
import type { Ask } from '../../assistant/completeInline/ports.ts';
import type { Offer } from '../../core/completion/offer.ts';
import { clock } from '../clock.ts';
import { acceptedCommand, askAt, itemOf } from './ask.ts';
import { isAside } from './facts.ts';
import type { InlineCompletionParts } from './parts.ts';
import { watchTyping } from './typing.ts';

/**
 * Registers inline completion with the editor, on its stable API. The editor cancels its question at every key; what was
 * asked of the model goes on and is joined by the next question.
 */
export function registerInlineCompletion(parts: InlineCompletionParts): vscode.Disposable {
  const { completion } = parts;
  const typing = watchTyping(parts);
  let shown: Place | undefined;
  let refreshed: Refresh | undefined;
  const life = new AbortController();

  const provider: vscode.InlineCompletionItemProvider = {
    provideInlineCompletionItems: async (document, position, context, token) => {
      if (!parts.wanted(document) || isAside(document)) return undefined;
      typing.asked(document);
      const place = { document, version: document.version, position };
      const byHand = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
      const again = refreshed && isAnswered(refreshed, place, { byHand }) ? refreshed : undefined;
      if (byHand || again) refreshed = undefined;
      const question = { document, position, context, explicit: again?.explicit ?? byHand };
      const ask = askAt({ ...parts, inSnippet: typing.inSnippet }, question);
      const choosing = ask.explicit && !again && isSame(shown, place);
      const offers = await offersFor(ask, { choosing, signal: signalOf(token) });
      // Suggestions may have been switched off, or snoozed, or the language changed, while the model spoke.
      if (offers.length === 0 || token.isCancellationRequested || !parts.wanted(document)) return undefined;
      shown = place;
      const since = again && isSame(again.place, place) ? again.since : Date.now();
      const [first] = offers;
      if ((first?.standIn || first?.growing) && !context.selectedCompletionInfo)
        void showMore(first, { place, explicit: ask.explicit, since });
      return offers.map((offer) => itemOf(offer, question));
    },
  };
  return vscode.Disposable.from(
    typing,
    { dispose: () => life.abort() },
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider),
    vscode.commands.registerCommand(acceptedCommand, () => completion.accepted()),
    vscode.commands.registerCommand('ringfence.completion.trigger', () =>
      vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'),
    ),
    vscode.commands.registerCommand('ringfence.completion.dismiss', async () => {
      completion.dismissed();
      await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    }),
  );

  /** Who asks by hand where something is shown already wants to choose, unless it was we who had the editor ask. */
  async function offersFor(
    ask: Ask,
    { choosing, signal }: { choosing: boolean; signal: AbortSignal },
  ): Promise<readonly Offer[]> {
    if (choosing) return completion.alternatives(ask, signal);
    const offer = await completion.suggest(ask, signal);
    return offer ? [offer] : [];
  }

  /**
   * Asks the editor to ask once more when there is more of the block, or when the model has spoken where something stood in for
   * it, unless anything has happened meanwhile.
   */
  async function showMore(offer: Offer, question: Omit<Refresh, 'at'>): Promise<void> {
    const { place, explicit, since } = question;
    if (!(await completion.grown(offer))) return;
    // Asked by command, the editor shows at once what the user may want held back for a while.
    const held = explicit ? 0 : since + leastDelay(place.document) - Date.now();
    if (held > 0) await clock.delay(held, life.signal);
    const cursor = cursorPlace();
    if (!cursor || !isSame(place, cursor) || life.signal.aborted) return;
    refreshed = { ...question, at: Date.now() };
    // The editor keeps what it shows as long as that fits, and asks nobody twice in one place: what is shown has to go first.
    // Both are sent at once, so that nothing is drawn between them where that can be helped.
    const hidden = vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    await Promise.all([hidden, vscode.commands.executeCommand('editor.action.inlineSuggest.trigger', asByItself)]);
  }
}

/**
 * Has the editor ask us as it does by itself. What it asks by command it holds to in that place: it would never come back for
 * more suggestions to choose from. An editor that does not know these arguments asks as by command.
 */
const asByItself = { providerId: 'ringfence.ringfence:*', explicit: false };

/** Where the cursor is; undefined where text is selected, or without an editor. */
function cursorPlace(): Place | undefined {
  const { document, selection } = vscode.window.activeTextEditor ?? {};
  return document && selection?.isEmpty
    ? { document, version: document.version, position: selection.active }
    : undefined;
}

type Place = { readonly document: vscode.TextDocument; readonly version: number; readonly position: vscode.Position };

/** We had the editor ask again, there and then. */
type Refresh = {
  readonly place: Place;
  readonly explicit: boolean;
  /** When the editor asked there first, and when we had it ask again. */
  readonly since: number;
  readonly at: number;
};

/** Whether a question is the one that we caused: at that place, or by hand soon after it where a key came between. */
function isAnswered({ place, at }: Refresh, asked: Place, { byHand }: { byHand: boolean }): boolean {
  return isSame(place, asked) || (byHand && place.document === asked.document && Date.now() - at < echoMs);
}

/** How long the editor may take from being told to ask until it asks, in milliseconds. */
const echoMs = 250;

/** How long every suggestion that comes unasked is held back by the editor, in milliseconds. */
function leastDelay(document: vscode.TextDocument): number {
  const least = vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.minShowDelay');
  return typeof least === 'number' ? least : 0;
}

function isSame(a: Place | undefined, b: Place): boolean {
  return a?.document === b.document && a.version === b.version && a.position.isEqual(b.position);
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
