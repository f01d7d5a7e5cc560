import { keepNewest } from '../../core/completion/keepNewest.ts';
import type { Offer } from '../../core/completion/offer.ts';
import { sameSpot, type Spot } from '../../core/completion/spot.ts';
import { afterEdit, stillStands, type Edit, type Taken } from '../../core/completion/tally/stands.ts';
import { noTally, roundSeconds, type Rounds, type Tally } from '../../core/completion/tally/tally.ts';
import type { Labelled } from '../../core/label/labelled.ts';
import type { InlineCompletion } from './completeInline.ts';
import type { Clock } from './ports.ts';

type Ports = {
  readonly clock: Pick<Clock, 'delay'>;
  /** Adds to today's counts. */
  readonly add: (more: Tally) => void;
  /** The text of a document that is still open. */
  readonly read: (uri: string) => Labelled | undefined;
};

/** An edit of a document, with the text that came. */
export type TextEdit = Omit<Edit, 'inserted'> & { readonly text: string };

export type CountedCompletion = {
  readonly completion: InlineCompletion;
  /** A document was edited, by anyone. Each edit counts from the text that the one before it left. */
  readonly edited: (uri: string, edits: readonly TextEdit[]) => void;
};

/** A suggestion on screen counts as offered after this long, in milliseconds. */
const seenMs = 500;
/** How many accepted suggestions are followed at once. */
const mostFollowed = 40;

/** What is on screen, and what of it is still to come. */
type OnScreen = {
  readonly suggestion: number;
  readonly spot: Spot;
  readonly offset: number;
  readonly rest: string;
  readonly timer: AbortController;
};

type Followed = { readonly uri: string; taken: Taken };

/**
 * Counts what becomes of suggestions: offered, taken, taken in part, still there later. The editor's stable API reports only
 * that one was accepted; the rest is told by the edits. A taken text is kept in memory until it was looked at for the last time.
 */
export function countInline(completion: InlineCompletion, { clock, add, read }: Ports): CountedCompletion {
  const life = new AbortController();
  const followed = new Set<Followed>();
  let onScreen: OnScreen | undefined;
  /** The suggestion shown last, and the one counted last as offered: each counts once. */
  let shown: number | undefined;
  let counted: number | undefined;
  let lastEdit: { readonly uri: string; readonly edit: TextEdit } | undefined;

  return {
    completion: {
      ...completion,
      suggest: async (ask, signal) => {
        const offer = await completion.suggest(ask, signal);
        if (offer) show(ask.spot, offer);
        else if (!signal.aborted) hide();
        return offer;
      },
      alternatives: async (ask, signal) => {
        const offers = await completion.alternatives(ask, signal);
        if (offers[0]) show(ask.spot, offers[0]);
        return offers;
      },
      accepted: () => {
        completion.accepted();
        count({ accepted: 1 });
        hide();
        if (lastEdit) follow(lastEdit.uri, lastEdit.edit);
      },
      dismissed: () => {
        completion.dismissed();
        hide();
      },
      moved: (ask) => {
        completion.moved(ask);
        if (onScreen && !sameSpot(onScreen.spot, ask.spot)) hide();
      },
      dispose: () => {
        life.abort();
        completion.dispose();
      },
    },
    edited: (uri, edits) => {
      for (const edit of edits) move(uri, edit);
      const [first] = edits;
      lastEdit = first && edits.length === 1 ? { uri, edit: first } : undefined;
      if (onScreen?.spot.document.uri === uri) goOn(onScreen, edits);
    },
  };

  function count(more: Partial<Tally>): void {
    // Whoever takes a suggestion has seen it: it counts as offered too, however short it was on screen.
    const offered = shown === undefined || shown === counted ? 0 : 1;
    counted = shown;
    add({ ...noTally, ...more, offered });
  }

  function show(spot: Spot, { suggestion, text }: Offer): void {
    const timer = onScreen?.suggestion === suggestion ? onScreen.timer : wait();
    if (timer !== onScreen?.timer) hide();
    onScreen = { suggestion, spot, offset: spot.offset - (spot.document.lead ?? 0), rest: text, timer };
    shown = suggestion;
  }

  function wait(): AbortController {
    const timer = new AbortController();
    void clock.delay(seenMs, AbortSignal.any([timer.signal, life.signal])).then(() => {
      if (!timer.signal.aborted && !life.signal.aborted && counted !== shown) count({});
    });
    return timer;
  }

  function hide(): void {
    onScreen?.timer.abort();
    onScreen = undefined;
  }

  /** Typing through a suggestion keeps it; several characters of it at once were taken a word or a line at a time. */
  function goOn(before: OnScreen, [edit, ...others]: readonly TextEdit[]): void {
    const text = edit?.text.replaceAll('\r\n', '\n') ?? '';
    const agrees = edit?.offset === before.offset && others.length === 0 && before.rest.startsWith(text);
    if (!agrees || text === '') return edit && hide();
    const rest = before.rest.slice(text.length);
    if (edit.removed === 0 && text.length > 1 && rest !== '') count({ partly: 1 });
    onScreen = { ...before, offset: before.offset + edit.text.length, rest };
  }

  function move(uri: string, { offset, removed, text }: TextEdit): void {
    for (const each of followed)
      if (each.uri === uri) each.taken = afterEdit(each.taken, { offset, removed, inserted: text.length });
  }

  function follow(uri: string, { offset, text }: TextEdit): void {
    const one: Followed = { uri, taken: { text, start: offset, end: offset + text.length } };
    followed.add(one);
    keepNewest(followed, mostFollowed);
    void lookAgain(one);
  }

  async function lookAgain(one: Followed): Promise<void> {
    let waited = 0;
    for (const [round, seconds] of roundSeconds.entries()) {
      await clock.delay((seconds - waited) * 1_000, life.signal);
      waited = seconds;
      const text = read(one.uri);
      if (life.signal.aborted || !followed.has(one) || !text) break;
      add({ ...noTally, checked: only(round, 1), stood: only(round, stillStands(one.taken, text) ? 1 : 0) });
    }
    followed.delete(one);
  }
}

function only(round: number, value: number): Rounds {
  return [round === 0 ? value : 0, round === 1 ? value : 0, round === 2 ? value : 0];
}
