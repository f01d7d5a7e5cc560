import type { InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import type { Ask } from '../../../src/assistant/completeInline/ports.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import { labelled, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { registerInlineCompletion } from '../../../src/vscode/completion/inlineCompletion.ts';
import { InlineCompletionTriggerKind, Position, Range, editor, window } from '../../support/vscode.ts';

export type Item = { readonly insertText: string; readonly range: unknown };
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
export function timesAsked(): number {
  return editor.executed.filter((name) => name === 'editor.action.inlineSuggest.trigger').length;
}

/** Registers inline completion in the editor that the test plays, over what a test says that completion would do. */
export function start({ offer, alternatives = [], slow = false, whileListOpen = true, readOnly = false }: Script) {
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

/** Resolves after what can run has run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
