import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createChatActivity } from '../../../src/assistant/chatActivity.ts';
import type { SendEvent } from '../../../src/core/exchange/guard.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { startCompletion, type CompletionDependencies } from '../../../src/vscode/completion/completion.chunk.ts';
import {
  EventEmitter,
  InlineCompletionTriggerKind,
  Position,
  editor,
  window,
  workspace,
} from '../../support/vscode.ts';

const model: ModelRef = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };
const other: ModelRef = { backend: 'ollama', model: 'starcoder2:3b' };

describe('a suggestion that a model is just making', () => {
  before(() => Object.assign(workspace, { fs: { isWritableFileSystem: () => true } }));
  after(() => Object.assign(workspace, { fs: undefined }));
  afterEach(() => editor.reset());

  const changes: Readonly<Record<string, (play: ReturnType<typeof start>) => void>> = {
    'the policy changes': (play) => play.ground.fire(undefined),
    'a setting changes': (play) => play.changed.fire(undefined),
    'completion is switched off': (play) => play.set({ 'completion.enabled': false }),
    'another model is chosen': (play) => {
      play.models = [other];
      play.changed.fire(undefined);
    },
  };
  for (const [name, change] of Object.entries(changes))
    it(`is stopped and never shown once ${name}`, async () => {
      const play = start();
      const asked = play.ask();
      await play.until(() => play.signals.length === 1);
      change(play);
      assert.deepEqual(await asked, []);
      assert.equal(play.signals[0]?.aborted, true);
      play.stop();
    });

  const quiet: Readonly<Record<string, (play: ReturnType<typeof start>) => void>> = {
    'suggestions are paused': (play) => void (play.snoozed = true),
    'the language becomes one without suggestions': (play) => void (play.document.languageId = 'markdown'),
    'the policy is being read anew': (play) => void (play.ready = false),
  };
  for (const [name, change] of Object.entries(quiet))
    it(`is not shown where meanwhile ${name}`, async () => {
      const play = start({ 'completion.languages': { markdown: false } });
      const asked = play.ask();
      await play.until(() => play.signals.length === 1);
      change(play);
      play.speak();
      assert.deepEqual(await asked, []);
      play.stop();
    });

  it('is shown to who asks by a command, though suggestions are paused', async () => {
    const play = start();
    play.snoozed = true;
    assert.deepEqual(await play.ask(), []);
    const asked = play.ask(InlineCompletionTriggerKind.Invoke);
    await play.until(() => play.signals.length === 1);
    play.speak();
    assert.deepEqual(await asked, ['one();']);
    play.stop();
  });
  it('is shown where nothing of that happens', async () => {
    const play = start();
    const asked = play.ask();
    await play.until(() => play.signals.length === 1);
    play.speak();
    assert.deepEqual(await asked, ['one();']);
    play.stop();
  });

  it('is not waited for longer than meant because somebody has put the clock back', async (context) => {
    let [date, elapsed] = [Date.now(), performance.now()];
    context.mock.method(Date, 'now', () => date);
    context.mock.method(performance, 'now', () => elapsed);
    const play = start();
    play.fails = true;
    assert.deepEqual(await play.ask(), []);
    play.fails = false;
    date -= 3_600_000;
    elapsed += 1_300;
    const asked = play.ask();
    await play.until(() => play.signals.length === 2);
    play.speak();
    assert.deepEqual(await asked, ['one();']);
    play.stop();
  });
});

describe('an edit that may be no key', () => {
  before(() => Object.assign(workspace, { fs: { isWritableFileSystem: () => true } }));
  after(() => Object.assign(workspace, { fs: undefined }));
  afterEach(() => editor.reset());

  const change = (rangeOffset: number, text: string): Change => ({ rangeOffset, rangeLength: 0, text });
  for (const [name, changes] of [
    ['the cursor stands behind it', [change(4, 'y')]],
    ['the editor has closed a bracket behind the cursor', [change(4, '()')]],
    ['it was made in several places at once', [change(0, 'a'), change(4, 'y')]],
  ] as const)
    it(`is one all the same where ${name}`, async () => assert.equal(await requestsAfter(changes), 1));

  it('asks nothing where it was made elsewhere, as by formatting, and a key moves the cursor afterwards', async () =>
    assert.equal(await requestsAfter([change(0, ' ')]), 0));
  it('asks nothing where it was taken back', async () => assert.equal(await requestsAfter([change(4, 'y')], 1), 0));

  async function requestsAfter(changes: readonly Change[], reason?: number): Promise<number> {
    const play = start();
    play.document.version += 1;
    editor.fireDocument({ document: play.document, contentChanges: changes, reason });
    editor.fireSelection({ textEditor: window.activeTextEditor, selections: [play.selection], kind: 1 });
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    play.stop();
    return play.signals.length;
  }
});

type Change = { readonly rangeOffset: number; readonly rangeLength: number; readonly text: string };

/** Completion in a window with one file open, by a model that speaks when it is told to. */
function start(first: Readonly<Record<string, unknown>> = {}) {
  const [changed, ground] = [new EventEmitter(), new EventEmitter()];
  const signals: AbortSignal[] = [];
  const document = {
    uri: { scheme: 'file', path: '/w/a.ts', toString: () => 'file:///w/a.ts' },
    languageId: 'typescript',
    version: 1,
    offsetAt: () => 5,
  };
  const selection = { active: new Position(0, 5), isEmpty: true };
  const told = { signals, document, selection, changed, ground };
  const play = { ...told, models: [model], ready: true, snoozed: false, fails: false };
  let settings = parseSettings({ 'completion.delay': 0, 'completion.warm': false, ...first }).settings;
  let speak = (): void => undefined;
  async function* send(_: LabelledPrompt, asked: ModelRef, signal: AbortSignal): AsyncGenerator<SendEvent> {
    signals.push(signal);
    if (play.fails) return yield { kind: 'error', error: { reason: 'busy', message: 'Busy.' } };
    await new Promise<void>((resolve) => {
      speak = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    if (signal.aborted) return;
    yield { kind: 'delta', text: 'one();' };
    yield { kind: 'finish', reason: 'stop', usage: {}, served: { model: asked.model } };
  }
  const never = { event: new EventEmitter().event };
  window.activeTextEditor = { document, selection, selections: [selection] };
  const proof = { zone: 'device' };
  const described = { kind: 'described', info: { ref: model, capabilities: ['insert'] }, proof, loaded: true };
  // Of what the window is made of, what completion asks of it; the whole types have far more.
  const dependencies = {
    guard: { send, describe: async () => described, load: async () => undefined },
    chat: createChatActivity(),
    models: { forCompletion: () => play.models },
    reader: {
      isReady: () => play.ready,
      document: () => ({
        uri: 'file:///w/a.ts',
        display: 'a.ts',
        languageId: document.languageId,
        version: document.version,
        text: labelled('x();\n\n', productLabel),
        indent: { tabs: false, size: 2 },
      }),
    },
    settings: { current: () => settings, onDidChange: changed.event },
    snooze: { until: () => (play.snoozed ? 60_000 : undefined) },
    memory: { get: () => undefined, update: async () => undefined },
    context: () => [],
    onDidChooseContext: never.event,
    onDidListModels: never.event,
    onBattery: () => false,
    report: () => undefined,
    onDidChangeGround: ground.event,
  };
  const started = startCompletion(dependencies as unknown as CompletionDependencies);
  return Object.assign(play, {
    speak: () => speak(),
    set: (change: Readonly<Record<string, unknown>>): void => {
      settings = parseSettings({ ...first, ...change }).settings;
      changed.fire(undefined);
    },
    stop: () => void started.dispose(),
    until: async (met: () => boolean): Promise<void> => {
      for (let turn = 0; !met(); turn++) {
        assert.ok(turn < 1_000, 'it never came');
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    /** Asks as the editor does; the text of each item. */
    ask: async (triggerKind: number = InlineCompletionTriggerKind.Automatic): Promise<readonly string[]> => {
      document.version += 1;
      const token = { isCancellationRequested: false, onCancellationRequested: () => undefined };
      const provider = editor.provider as {
        provideInlineCompletionItems(...values: readonly unknown[]): Promise<readonly { insertText: string }[]>;
      };
      const items = await provider.provideInlineCompletionItems(document, new Position(1, 0), { triggerKind }, token);
      return (items ?? []).map(({ insertText }) => insertText);
    },
  });
}
