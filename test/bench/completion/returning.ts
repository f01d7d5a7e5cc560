import { createPromptDesk } from '../../../src/assistant/completeInline/prompts.ts';
import type { Spot } from '../../../src/core/completion/spot.ts';
import { createChoices } from '../../../src/core/context/choices.ts';
import { createContextSource } from '../../../src/core/context/contextSource.ts';
import { labelled, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { renderFim } from '../../../src/core/prompt/fim.ts';
import { templateOf } from '../../../src/core/prompt/fimFamilies.ts';
import type { Session } from '../corpus/typing.ts';
import { documentOf, pagesOf } from './everyKey.ts';
import { common } from './server.ts';

/**
 * The first prompt after one came back to a file, in characters as they are sent: all of it, what it has in common with the
 * last one for that file, which a server may have kept, and with the one before, which was for another file.
 */
export type Return = { readonly size: number; readonly own: number; readonly before: number };

/** How often one goes to look into another file in the course of a session, for how long, and how long one looks back then. */
const excursions = 5;
const awayMs = 20_000;
const settleMs = 1_000;
const contextUnits = 3_500;

/**
 * Types a session and goes to another file now and then, where nothing is written. Pieces come from all files of `project`, and
 * are kept as the extension keeps them, or with `anew` chosen whenever one comes to a file.
 */
export function returnsIn(
  session: Session,
  project: readonly Session[],
  { anew }: { anew: boolean },
): readonly Return[] {
  const clock = { now: 0 };
  const source = createContextSource();
  const choices = createChoices();
  for (const { path, text, language } of filesOf(project, session))
    source.update({ ...documentOf({ path, language }, ''), text: labelled(text, productLabel) });
  const desk = createPromptDesk({
    clock: { now: () => clock.now, delay: () => Promise.resolve() },
    context: ({ uri }) => source.ready(uri),
  });
  const choose = (spot: Spot): void => {
    const { uri } = spot.document;
    source.update(spot.document);
    if (!anew && choices.stays({ uri, zone: 'device', pieces: source.ready(uri) }, clock.now)) return;
    const pieces = source.prepare(spot, { budget: contextUnits });
    choices.chosen({ uri, zone: 'device', pieces }, clock.now);
  };
  const wireOf = (spot: Spot, intent: 'completion' | 'warm'): string => {
    const desked = desk.build(spot, { model, facts, intent }, { maxTokens: intent === 'warm' ? 1 : 256 });
    desk.evaluated(desked);
    const parts = desked.prompt.parts.map((part) => ({ ...part, text: reveal(part.text) }));
    return renderFim(parts, templateOf('qwen')).prompt;
  };
  const arrive = (spot: Spot): void => {
    choose(spot);
    wireOf(spot, 'warm');
    clock.now += settleMs;
  };

  const pages = [...pagesOf(session)].map(({ text, cursor }): Spot => ({
    document: documentOf(session, text),
    offset: cursor,
  }));
  const [first] = pages;
  const elsewhere = session.open[0];
  if (!first || !elsewhere) return [];
  const other: Spot = { document: documentOf({ ...session, path: elsewhere.path }, elsewhere.text), offset: 0 };
  arrive(first);
  const returns: Return[] = [];
  let own = '';
  for (const [at, spot] of pages.entries()) {
    clock.now += 130;
    own = wireOf(spot, 'completion');
    const next = pages[at + 1];
    if (!next || at === 0 || at % Math.ceil(pages.length / (excursions + 1)) !== 0) continue;
    source.update(spot.document);
    choices.written(spot.document.uri);
    arrive(other);
    const before = wireOf(other, 'completion');
    clock.now += awayMs;
    arrive(spot);
    const wire = wireOf(next, 'completion');
    returns.push({ size: wire.length, own: common(own, wire), before: common(before, wire) });
  }
  return returns;
}

/** The files of a project, without the one that is written in. */
function filesOf(
  project: readonly Session[],
  { path: written, language }: Session,
): readonly { readonly path: string; readonly text: string; readonly language: string }[] {
  return project
    .filter((session) => session.language === language)
    .flatMap(({ path, before, open }) => [{ path, text: before }, ...open])
    .filter(({ path }) => path !== written)
    .map((file) => ({ ...file, language }));
}

const model = { backend: 'sim', model: 'qwen' };
const facts = { kind: 'fit', order: 'prefix-first', contextLength: 8192, loaded: true, zone: 'device' } as const;
