import { createPromptDesk } from '../../../src/assistant/completeInline/prompts.ts';
import type { Spot } from '../../../src/core/completion/spot.ts';
import { reveal, labelled, productLabel } from '../../../src/core/label/labelled.ts';
import { renderFim } from '../../../src/core/prompt/fim.ts';
import { templateOf, type FimFamily } from '../../../src/core/prompt/fimFamilies.ts';
import { press, singleKeys, type Page, type Session } from '../corpus/typing.ts';
import { contextFor } from './context.ts';
import { common, tokenize } from './server.ts';

/** What one key would cost if it needed a request: tokens of the prompt, and those a server has to evaluate again. */
export type Cost = { readonly tokens: number; readonly evaluated: number };

const keyMs = 130;

/** The price of asking at every key of a session, with the prompts that the extension builds; jumps included. */
export function costOfEveryKey(session: Session, family: FimFamily): readonly Cost[] {
  const clock = { now: 0 };
  const source = contextFor(session);
  const template = templateOf(family);
  const desk = createPromptDesk({
    clock: { now: () => clock.now, delay: () => Promise.resolve() },
    context: ({ uri }) => source.ready(uri),
  });
  const to = {
    model: { backend: 'sim', model: family },
    facts: { kind: 'fit', order: template.order, contextLength: 8192, loaded: true, zone: 'device' },
    intent: 'completion',
  } as const;
  let before = '';
  const costs: Cost[] = [];
  const spotOf = (page: Page): Spot => ({ document: documentOf(session, page.text), offset: page.cursor });
  source.prepare(spotOf({ text: session.before, cursor: 0 }), { budget: 3_500 });
  for (const page of pagesOf(session)) {
    clock.now += keyMs;
    const { prompt } = desk.build(spotOf(page), to, { maxTokens: 64 });
    const wire = renderFim(
      prompt.parts.map((part) => ({ ...part, text: reveal(part.text) })),
      template,
    ).prompt;
    const tokens = tokenize(wire).length;
    costs.push({ tokens, evaluated: tokenize(wire.slice(common(before, wire))).length });
    before = wire;
  }
  // The very first prompt is new in any case and is evaluated while nobody types.
  return costs.slice(1);
}

/** The text after each key. */
export function* pagesOf({ before, keys }: Session): Generator<Page> {
  let page: Page = { text: before, cursor: 0 };
  for (const key of keys) {
    if (typeof key === 'string') {
      for (const single of singleKeys(key)) yield (page = press(page, single));
    } else if ('back' in key) {
      for (let at = 0; at < key.back; at += 1) yield (page = press(page, { back: 1 }));
    } else page = press(page, key);
  }
}

/** A session's file, or another one in its language, with some text. */
export function documentOf({ path, language }: Pick<Session, 'path' | 'language'>, text: string): Spot['document'] {
  return {
    uri: `file:///${path}`,
    display: path,
    languageId: language,
    version: 1,
    text: labelled(text, productLabel),
    indent: { tabs: false, size: 2 },
  };
}
