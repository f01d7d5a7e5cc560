import * as vscode from 'vscode';
import type { InlineCompletion } from '../../assistant/completeInline/completeInline.ts';
import type { Offer } from '../../core/completion/offer.ts';
import { clock } from '../clock.ts';
import { cursorPlace, isSamePlace, type Place } from './place.ts';

/** What was asked for in a place, by the user's command or by itself. */
export type Asked = {
  readonly place: Place;
  /** Whether the user asked by a command. */
  readonly explicit: boolean;
  /** When the editor asked there first, in milliseconds since 1970. */
  readonly since: number;
  /** Whether it is asked once more, because we had the editor do so. */
  readonly again: boolean;
};

/** Has the editor ask once more, as it does by itself, for what has grown since it was shown. */
export function createGrowth(completion: Pick<InlineCompletion, 'grown'>) {
  const life = new AbortController();
  let repeated: (Asked & { readonly at: number }) | undefined;

  return {
    /** What the editor asks for at a place: something new, or once more what we had it ask for. */
    asked: (place: Place, byCommand: boolean): Asked => {
      const before = repeated && isEcho(repeated, place, byCommand) ? repeated : undefined;
      if (byCommand || before) repeated = undefined;
      if (!before) return { place, explicit: byCommand, since: Date.now(), again: false };
      const since = isSamePlace(before.place, place) ? before.since : Date.now();
      return { place, explicit: before.explicit, since, again: true };
    },
    /**
     * Resolves once the editor was told to ask once more, because there is more of the block, or the model has spoken where
     * something stood in for it; or once that will not come, or anything has happened meanwhile.
     */
    follow: async (offer: Offer, asked: Asked): Promise<void> => {
      if (!(await completion.grown(offer))) return;
      // Asked by command, the editor shows at once what the user may want held back for a while.
      const held = asked.explicit ? 0 : asked.since + leastDelay(asked.place.document) - Date.now();
      if (held > 0) await clock.delay(held, life.signal);
      if (!isSamePlace(asked.place, cursorPlace()) || life.signal.aborted) return;
      repeated = { ...asked, at: Date.now() };
      // The editor keeps what it shows as long as that fits, and asks nobody twice in one place: what is shown has to go first.
      // Both are sent at once, so that nothing is drawn between them where that can be helped.
      const hidden = vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
      await Promise.all([hidden, vscode.commands.executeCommand('editor.action.inlineSuggest.trigger', asByItself)]);
    },
    dispose: (): void => life.abort(),
  };
}

/** An editor that does not know these arguments asks as by command. */
const asByItself = { providerId: 'ringfence.ringfence:*', explicit: false };

/** Whether a question is the one that we caused: at that place, or by command soon after it where a key came between. */
function isEcho({ place, at }: Asked & { readonly at: number }, asked: Place, byCommand: boolean): boolean {
  if (isSamePlace(place, asked)) return true;
  return byCommand && place.document === asked.document && Date.now() - at < echoMs;
}

/** How long the editor may take from being told to ask until it asks, in milliseconds. */
const echoMs = 250;

/** How long every suggestion that comes unasked is held back by the editor, in milliseconds. */
function leastDelay(document: vscode.TextDocument): number {
  const least = vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.minShowDelay');
  return typeof least === 'number' ? least : 0;
}
