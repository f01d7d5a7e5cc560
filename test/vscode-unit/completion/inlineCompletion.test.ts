import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import type { Ask } from '../../../src/assistant/completeInline/ports.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import { labelled, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { registerInlineCompletion } from '../../../src/vscode/completion/inlineCompletion.ts';
import {
  InlineCompletionTriggerKind,
  Position,
  Range,
  TabInputTextDiff,
  editor,
  window,
} from '../../support/vscode.ts';

describe('the inline completion provider', () => {
  afterEach(() => editor.reset());

  it('offers the text at the cursor and covers the closers that stand there', async () => {
    const play = start({ offer: { text: 'a, b);', covers: 1 } });
    const [item] = await play.ask('call(█)');
    assert.equal(item?.insertText, 'a, b);');
    assert.deepEqual(item?.range, new Range(new Position(0, 5), new Position(0, 6)));
    play.stop();
  });
  it('starts from the selected item of the list and covers what it replaces', async () => {
    const play = start({ offer: { text: '.log(x);', covers: 0 } });
    const [item] = await play.ask('con█', { selected: { start: 0, text: 'console' } });
    assert.equal(item?.insertText, 'console.log(x);');
    assert.deepEqual(item?.range, new Range(new Position(0, 0), new Position(0, 3)));
    assert.equal(play.asked[0]?.listOpen, true);
    assert.equal(play.textOf(play.asked[0]), 'console█');
    play.stop();
  });
  it('covers what the item replaces after the cursor, too', async () => {
    const play = start({ offer: { text: '.log(x);', covers: 1 } });
    const [item] = await play.ask('con█so)', { selected: { start: 0, end: 5, text: 'console' } });
    assert.deepEqual(item?.range, new Range(new Position(0, 0), new Position(0, 6)));
    assert.equal(play.textOf(play.asked[0]), 'console█)');
    play.stop();
  });
  it('wants nothing beside the list where the user wants nothing there, unless the user asks', async () => {
    const selected = { start: 0, text: 'console' };
    const play = start({ whileListOpen: false });
    await play.ask('con█', { selected });
    assert.equal(play.asked[0]?.facts.listAlone, true);
    await play.ask('con█', { selected, kind: InlineCompletionTriggerKind.Invoke });
    assert.equal(play.asked[1]?.facts.listAlone, false);
    await play.ask('con█');
    assert.equal(play.asked[2]?.facts.listAlone, false);
    play.stop();
  });
  it('tells whether the user asked', async () => {
    const play = start({});
    await play.ask('x█');
    await play.ask('x█', { kind: InlineCompletionTriggerKind.Invoke });
    assert.deepEqual(
      play.asked.map(({ explicit }) => explicit),
      [false, true],
    );
    play.stop();
  });
  it('gathers alternatives when the user asks where something is shown', async () => {
    const play = start({ offer: { text: 'one', covers: 0 }, alternatives: ['one', 'two'] });
    const first = await play.ask('x█', { kind: InlineCompletionTriggerKind.Invoke });
    const second = await play.ask('x█', { kind: InlineCompletionTriggerKind.Invoke });
    assert.deepEqual([first.length, second.map(({ insertText }) => insertText)], [1, ['one', 'two']]);
    play.stop();
  });
  it('asks nothing in an output, nor where the user wants nothing', async () => {
    const play = start({ offer: { text: 'x', covers: 0 } });
    assert.deepEqual(await play.ask('x█', { scheme: 'output' }), []);
    assert.deepEqual(await play.ask('x█', { unwanted: true }), []);
    assert.equal(play.asked.length, 0);
    play.stop();
  });
  it('says that a comparison is shown, on either side', async () => {
    const play = start({});
    for (const [left, right, aside] of [
      ['file:///old.ts', 'file:///a.ts', true],
      ['file:///a.ts', 'file:///new.ts', true],
      ['file:///old.ts', 'file:///new.ts', false],
    ] as const) {
      window.tabGroups.activeTabGroup.activeTab = { input: new TabInputTextDiff(left, right) };
      await play.ask('x█');
      assert.equal(play.asked.at(-1)?.facts.aside, aside);
    }
    play.stop();
  });
  it('gives nothing once the editor has cancelled, and ends the question, not the work', async () => {
    const play = start({ offer: { text: 'x', covers: 0 }, slow: true });
    const answer = play.ask('x█', { cancel: true });
    assert.deepEqual(await answer, []);
    assert.equal(play.signals[0]?.aborted, true);
    play.stop();
  });
  it('has what is shown taken away before it asks for more of it, or for what it stood in for: the editor would keep it', async () => {
    for (const given of [
      { growing: true, standIn: false },
      { growing: false, standIn: true },
    ]) {
      const play = start({ offer: { text: 'first();', covers: 0, ...given } });
      play.show('x█');
      await play.ask('x█', { document: play.document });
      play.grow(true);
      await settle();
      assert.deepEqual(editor.executed.splice(0), [
        'editor.action.inlineSuggest.hide',
        'editor.action.inlineSuggest.trigger',
      ]);
      play.stop();
    }
  });
  it('does not take its own second question for the wish to choose, however the editor puts it', async () => {
    for (const kind of [InlineCompletionTriggerKind.Automatic, InlineCompletionTriggerKind.Invoke]) {
      const play = start({
        offer: { text: 'first();', covers: 0, growing: true, standIn: false },
        alternatives: ['other();'],
      });
      play.show('x█');
      await play.ask('x█', { document: play.document });
      play.grow(true);
      await settle();
      const own = await play.ask('x█', { document: play.document, kind });
      const users = await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
      assert.deepEqual(
        [own, users].map(([item]) => item?.insertText),
        ['first();', 'other();'],
      );
      play.stop();
    }
  });
  it('does not take it for that either where a key came between', async () => {
    const play = start({
      offer: { text: 'first();', covers: 0, growing: true, standIn: false },
      alternatives: ['other();'],
    });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    play.grow(true);
    await settle();
    play.type('y');
    await play.ask('xy█', { document: play.document });
    const [own] = await play.ask('xy█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
    assert.equal(own?.insertText, 'first();');
    assert.equal(play.asked.at(-1)?.explicit, false);
    play.stop();
  });
  it('still waits for what is growing where its question came after a key', async () => {
    const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    play.grow(true);
    await settle();
    play.type('y');
    await play.ask('xy█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
    play.grow(true);
    await settle();
    assert.equal(timesAsked(), 2);
    play.stop();
  });
  it('asks for the whole block as it asked for its first line: unasked, or by hand', async () => {
    for (const [kind, explicit] of [
      [InlineCompletionTriggerKind.Automatic, false],
      [InlineCompletionTriggerKind.Invoke, true],
    ] as const) {
      const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
      play.show('x█');
      await play.ask('x█', { document: play.document, kind });
      play.grow(true);
      await settle();
      await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
      assert.deepEqual(
        play.asked.map((ask) => ask.explicit),
        [explicit, explicit],
      );
      play.stop();
    }
  });
  it('asks the editor once more each time that there is more of a block', async () => {
    const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    for (let round = 1; round <= 3; round++) {
      play.grow(true);
      await settle();
      await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
      assert.equal(timesAsked(), round);
    }
    play.grow(false);
    await settle();
    assert.equal(timesAsked(), 3);
    play.stop();
  });
  it('waits with that as long as the user wants suggestions held back', async (context) => {
    context.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 });
    editor.configuration.set('editor.inlineSuggest.minShowDelay', 1_500);
    const play = start({ offer: { text: 'first();', covers: 0, growing: true } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    context.mock.timers.tick(400);
    play.grow(true);
    await settle();
    context.mock.timers.tick(1_099);
    await settle();
    assert.deepEqual(editor.executed, []);
    context.mock.timers.tick(1);
    await settle();
    assert.equal(timesAsked(), 1);
    // What grows after that is held back no second time.
    await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
    play.grow(true);
    await settle();
    assert.equal(timesAsked(), 2);
    play.stop();
  });
  it('leaves the editor alone when something was typed meanwhile', async () => {
    const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    play.type('y');
    play.grow(true);
    await settle();
    assert.deepEqual(editor.executed, []);
    play.stop();
  });
  it('remembers what is waved away', async () => {
    const play = start({});
    await import('../../support/vscode.ts').then(({ commands }) =>
      commands.executeCommand('ringfence.completion.dismiss'),
    );
    assert.equal(play.calls.at(-1), 'dismissed');
    assert.ok(editor.executed.includes('editor.action.inlineSuggest.hide'));
    play.stop();
  });
  it('reads nothing ahead of a document that cannot be edited, until the editor asks there', async () => {
    const play = start({ readOnly: true });
    play.show('x█');
    play.move(0);
    play.list();
    assert.deepEqual(play.calls, []);
    await play.ask('x█', { document: play.document });
    play.move(0);
    assert.deepEqual(play.calls, ['moved █x']);
    play.stop();
  });
  it('leaves nothing behind', () => {
    start({}).stop();
    assert.equal(editor.listeners(), 0);
    assert.equal(editor.provider, undefined);
  });
});

describe('keys', () => {
  afterEach(() => editor.reset());

  it('are told at once, before the editor asks', () => {
    const play = start({});
    play.show('le█');
    play.type('t');
    assert.deepEqual(play.calls, ['moved le█', 'typed let█']);
    play.stop();
  });
  it('are not needed for a file that was opened before models were known: it is told of then', () => {
    const play = start({});
    play.show('le█');
    play.list();
    assert.deepEqual(play.calls, ['moved le█', 'ready le█']);
    play.stop();
  });
  it('are not told while the editor does not ask', (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: 0 });
    const play = start({});
    play.show('█');
    play.type('a');
    context.mock.timers.tick(2_000);
    play.type('b');
    assert.deepEqual(play.calls, ['moved █', 'typed a█']);
    play.stop();
  });
  it('start nothing where the editor suggests nothing by itself', () => {
    editor.configuration.set('editor.inlineSuggest.enabled', false);
    const play = start({});
    play.show('█');
    play.type('a');
    play.move(0);
    assert.deepEqual(play.calls, []);
    play.stop();
  });
  it('start nothing where the user wants nothing beside the list: whether it is open, the editor tells later', () => {
    const play = start({ whileListOpen: false });
    play.show('le█');
    play.type('t');
    assert.deepEqual(play.calls, ['moved le█', 'typed let█']);
    assert.deepEqual(
      play.told.map(({ facts }) => facts.listAlone ?? false),
      [false, true],
    );
    play.stop();
  });
  it('are told of the stop of a snippet that they fill in, until the cursor leaves it', async () => {
    const play = start({});
    play.show('█');
    play.insert('for (const item of list) {}');
    play.place(11, 15);
    play.type('b');
    await play.ask('for (const b█ of list) {}', { document: play.document });
    play.move(22);
    play.type('x');
    assert.deepEqual(
      play.told.map(({ facts }) => facts.inSnippet),
      [false, true, true, false, false],
    );
    assert.deepEqual(play.calls.slice(0, 3), [
      'moved █',
      'moved for (const item█ of list) {}',
      'typed for (const b█ of list) {}',
    ]);
    assert.equal(play.asked[0]?.facts.inSnippet, true);
    play.stop();
  });
  it('fill in no stop where the editor shows suggestions in snippets', () => {
    editor.configuration.set('editor.inlineSuggest.suppressInSnippetMode', false);
    const play = start({});
    play.show('█');
    play.insert('f(item)');
    play.place(2, 6);
    play.type('b');
    assert.equal(play.told.at(-1)?.facts.inSnippet, false);
    play.stop();
  });
  it('are none where the editor puts text in by itself: it asks about it where it wants more', () => {
    const play = start({});
    play.show('█');
    play.insert('const total = 0;');
    assert.deepEqual(play.calls, ['moved █']);
    play.type('pasted');
    play.insert('\n  ');
    assert.deepEqual(play.calls.slice(1), ['typed const total = 0;pasted█', 'typed const total = 0;pasted\n  █']);
    play.stop();
  });
  it('are told from a move of the cursor, and an undo is a move', () => {
    const play = start({});
    play.show('ab█');
    play.move(0);
    play.type('x', 1);
    assert.deepEqual(play.calls, ['moved ab█', 'moved █ab', 'moved x█ab']);
    play.stop();
  });
});

type Item = { readonly insertText: string; readonly range: unknown };
type Script = {
  offer?: Partial<Offer>;
  alternatives?: readonly string[];
  slow?: boolean;
  whileListOpen?: boolean;
  /** Until the editor asks there. */
  readOnly?: boolean;
};
type AskOptions = {
  readonly kind?: number;
  readonly selected?: { readonly start: number; readonly end?: number; readonly text: string };
  readonly scheme?: string;
  readonly unwanted?: boolean;
  readonly cancel?: boolean;
  readonly document?: ReturnType<typeof createDocument>;
};

/** A document of one line, as far as the provider looks at it. */
function createDocument(marked: string, scheme = 'file') {
  const state = { text: marked.replace('█', ''), version: 1 };
  return {
    uri: { scheme, toString: () => `${scheme}:///a.ts` },
    languageId: 'typescript',
    get version() {
      return state.version;
    },
    offsetAt: (position: Position) => position.character,
    content: () => state.text,
    edit: (text: string) => {
      state.text = text;
      state.version += 1;
    },
  };
}

/** How often the editor was told to ask. */
function timesAsked(): number {
  return editor.executed.filter((name) => name === 'editor.action.inlineSuggest.trigger').length;
}

function start({ offer, alternatives = [], slow = false, whileListOpen = true, readOnly = false }: Script) {
  const asked: Ask[] = [];
  const calls: string[] = [];
  const told: Ask[] = [];
  const signals: AbortSignal[] = [];
  let grow: (grew: boolean) => void = () => undefined;
  let list = (): void => undefined;
  const whole = (text: string, covers = 0): Offer => ({ suggestion: 1, text, covers, growing: false, standIn: false });
  const textOf = (ask: Ask | undefined): string => {
    if (!ask) return '';
    const text = reveal(ask.spot.document.text);
    return `${text.slice(0, ask.spot.offset)}█${text.slice(ask.spot.offset)}`;
  };
  const tell = (what: string, ask: Ask): void => {
    calls.push(`${what} ${textOf(ask)}`);
    told.push(ask);
  };
  const completion: InlineCompletion = {
    suggest: (ask, signal) => {
      asked.push(ask);
      signals.push(signal);
      const found = offer && { ...whole(''), ...offer };
      if (!slow) return Promise.resolve(found);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(found)));
    },
    alternatives: () => Promise.resolve(alternatives.map((text) => whole(text))),
    typed: (ask) => tell('typed', ask),
    moved: (ask) => tell('moved', ask),
    ready: (ask) => tell('ready', ask),
    accepted: () => void calls.push('accepted'),
    dismissed: () => void calls.push('dismissed'),
    grown: () => new Promise((resolve) => (grow = resolve)),
    why: () => undefined,
    reset: () => undefined,
    dispose: () => undefined,
  };
  let unwanted = false;
  let locked = readOnly;
  let document = createDocument('█');
  // The adapter is compiled against the editor's own types; the stand-in has their shape as far as it is used.
  const registered = registerInlineCompletion({
    completion,
    read: (given, position) => ({
      document: {
        uri: given.uri.toString(),
        display: 'a.ts',
        languageId: given.languageId,
        version: given.version,
        text: labelled((given as unknown as typeof document).content(), productLabel),
        indent: { tabs: false, size: 2 },
      },
      offset: given.offsetAt(position),
    }),
    wanted: () => !unwanted,
    whileListOpen: () => whileListOpen,
    readOnly: { has: () => locked, edited: () => void (locked = false) },
    onDidChooseContext: () => ({ dispose: () => undefined }),
    onDidListModels: (listener) => {
      list = () => listener(undefined);
      return { dispose: () => undefined };
    },
  });
  const select = (character: number, kind: number | undefined, from = character): void => {
    const active = new Position(0, character);
    const selection = { active, start: new Position(0, from), end: active, isEmpty: from === character };
    const shown = { document, selection, selections: [selection] };
    Object.assign(window.activeTextEditor ?? {}, shown);
    editor.fireSelection({ textEditor: window.activeTextEditor, selections: [selection], kind });
  };
  const put = (text: string, kind: number | undefined, reason?: number): void => {
    const { start: from, end: to } = (window.activeTextEditor as { selection: { start: Position; end: Position } })
      .selection;
    const change = { rangeOffset: from.character, rangeLength: to.character - from.character, text };
    document.edit(document.content().slice(0, from.character) + text + document.content().slice(to.character));
    editor.fireDocument({ document, contentChanges: [change], reason });
    select(from.character + text.length, kind);
  };
  return {
    asked,
    calls,
    /** What came with each call. */
    told,
    signals,
    textOf,
    grow: (grew: boolean) => grow(grew),
    list: () => list(),
    stop: () => registered.dispose(),
    get document() {
      return document;
    },
    show: (marked: string): void => {
      document = createDocument(marked);
      const active = new Position(0, marked.indexOf('█'));
      const selection = { active, start: active, end: active, isEmpty: true };
      window.activeTextEditor = { document, selection, selections: [selection] };
      window.visibleTextEditors = [window.activeTextEditor];
      editor.fireActiveEditor(window.activeTextEditor);
    },
    type: (text: string, reason?: number): void => put(text, 1, reason),
    /** Puts a text in at once, as the editor does with a snippet. */
    insert: (text: string): void => put(text, undefined),
    move: (character: number): void => select(character, 2),
    /** The editor selects, of itself. */
    place: (from: number, to: number): void => select(to, undefined, from),
    ask: async (marked: string, options: AskOptions = {}): Promise<readonly Item[]> => {
      unwanted = options.unwanted ?? false;
      const given =
        options.document ??
        (document.content() === marked.replace('█', '') && options.scheme === undefined
          ? document
          : (document = createDocument(marked, options.scheme)));
      const position = new Position(0, marked.indexOf('█'));
      let cancel: () => void = () => undefined;
      const token = {
        isCancellationRequested: false,
        onCancellationRequested: (listener: () => void) => (cancel = listener),
      };
      const { selected } = options;
      const context = {
        triggerKind: options.kind ?? InlineCompletionTriggerKind.Automatic,
        selectedCompletionInfo: selected && {
          range: new Range(new Position(0, selected.start), new Position(0, selected.end ?? position.character)),
          text: selected.text,
        },
      };
      const provider = editor.provider as {
        provideInlineCompletionItems(...values: readonly unknown[]): Promise<readonly Item[] | undefined>;
      };
      const answer = provider.provideInlineCompletionItems(given, position, context, token);
      if (options.cancel) {
        token.isCancellationRequested = true;
        cancel();
      }
      return (await answer) ?? [];
    },
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
