import { createChatActivity } from '../../../src/assistant/chatActivity.ts';
import { createInlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import { createChoices } from '../../../src/core/context/choices.ts';
import { createVirtualClock } from '../../support/virtualClock.ts';
import { endOf, type Session } from '../corpus/typing.ts';
import { contextFor } from './context.ts';
import { simulateEditor, type Drawing } from './editor.ts';
import { createOracle } from './oracle.ts';
import { simulateServer, type Row, type ServerSettings } from './server.ts';
import { stretchesOf } from './stretches.ts';
import { typeSession, type Look } from './typist.ts';

export type Manner = {
  /** Share of words at which the model errs at first. */
  readonly errs: number;
  /** Milliseconds between keys on average; 130 unless told. */
  readonly keyMs?: number;
  /** Whether what is right is taken. */
  readonly takes?: boolean;
};

/** What came of a session. Tokens are those of the simulated server. */
export type Outcome = {
  readonly session: Session;
  readonly keys: number;
  /** Keys before whose successor a request went out. */
  readonly asking: number;
  readonly looks: readonly Look[];
  readonly nexts: readonly number[];
  /** Requests of the session, and those of them that only warm the server up. */
  readonly rows: readonly Row[];
  readonly warm: number;
  readonly tokens: number;
  /** Tokens of requests of which nothing ever stood on the screen, and the number of these requests. */
  readonly unseenTokens: number;
  readonly unseen: number;
  readonly outstanding: number;
  readonly instant: readonly number[];
};

const model = { backend: 'sim', model: 'qwen2.5-coder:1.5b' };
/** About a thousand tokens of other files, chosen where someone rests, as the extension does. */
const contextUnits = 3_500;
const restMs = 1_200;

/** Plays a recorded session against a simulated server and editor and counts what came of it. */
export async function replay(session: Session, server: ServerSettings, manner: Manner): Promise<Outcome> {
  const clock = createVirtualClock();
  const stretches = stretchesOf(session);
  const oracle = createOracle(stretches, { errs: manner.errs, seed: session.seed });
  const simulated = simulateServer(clock, server, oracle.answer);
  const source = contextFor(session);
  const completion = createInlineCompletion({
    guard: simulated.guard,
    clock,
    settings: () => settings,
    context: ({ uri }) => source.ready(uri),
    chat: createChatActivity(),
    report: () => undefined,
  });
  const editor = simulateEditor(clock, completion, {
    uri: `file:///${session.path}`,
    display: session.path,
    languageId: session.language,
    text: session.before,
  });
  const choices = createChoices();
  const choose = (): void => {
    const { spot } = editor.now();
    const { uri } = spot.document;
    if (choices.stays({ uri, zone: 'device', pieces: source.ready(uri) }, clock.now())) return;
    const pieces = source.prepare(spot, { budget: contextUnits });
    choices.chosen({ uri, zone: 'device', pieces }, clock.now());
    completion.moved(editor.now());
  };
  completion.moved(editor.now());
  await clock.advanceTo(restMs);
  choose();
  await clock.advanceTo(3_000);
  const start = clock.now();
  const typed = await typeSession(session, {
    clock,
    editor,
    oracle,
    stretches,
    keyMs: manner.keyMs ?? 130,
    takes: manner.takes ?? false,
    rested: (ms) => {
      if (ms >= restMs) choose();
    },
  });
  completion.dispose();
  if (editor.text() !== endOf(session)) throw new Error(`${session.path} was not typed as recorded.`);
  const rows = simulated.rows.filter((row) => row.t >= start);
  const completions = rows.filter(({ intent }) => intent !== 'warm');
  const seen = seenRows(editor.drawings, completions);
  const unseen = completions.filter((row) => !seen.has(row.id));
  return {
    session,
    keys: editor.keys.length,
    asking: editor.keys.filter((t, at) => rows.some((row) => row.t >= t && row.t < (editor.keys[at + 1] ?? Infinity)))
      .length,
    ...typed,
    rows,
    warm: rows.length - completions.length,
    tokens: completions.reduce((sum, row) => sum + row.tokens, 0),
    unseenTokens: unseen.reduce((sum, row) => sum + row.tokens, 0),
    unseen: unseen.length,
    outstanding: simulated.mostOutstanding(),
    instant: editor.instant,
  };
}

const settings = {
  models: [model],
  trigger: 'automatic',
  delay: 'adaptive',
  lines: 'auto',
  maxLines: 12,
  contextLength: 8192,
  warm: true,
  templateFor: () => undefined,
} as const;

/** Requests whose words ever stood on the screen: of each text that newly appeared, the latest request that says it. */
function seenRows(drawings: readonly Drawing[], rows: readonly Row[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const squash = (text: string): string => text.replace(/\s+/g, ' ').trim();
  let before = '';
  for (const { t, text } of drawings) {
    const carriedOn = before !== '' && text !== '' && before.endsWith(text);
    const said = squash(text.trimStart().split('\n')[0] ?? '');
    const row = said !== '' && !carriedOn && rows.findLast((one) => one.t <= t && squash(one.text).includes(said));
    if (row) seen.add(row.id);
    before = text;
  }
  return seen;
}
