import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createChatActivity } from '../../../src/assistant/chatActivity.ts';
import type { SendEvent } from '../../../src/core/exchange/guard.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';
import { startCompletion, type CompletionDependencies } from '../../../src/vscode/completion/completion.chunk.ts';
import { EventEmitter, Position, editor, window, workspace } from '../../support/vscode.ts';

const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };

describe('a model', () => {
  before(() => Object.assign(workspace, { fs: { isWritableFileSystem: () => true } }));
  after(() => Object.assign(workspace, { fs: undefined }));
  afterEach(() => editor.reset());

  for (const [where, change, asked] of [
    ['is loaded and reads the file that is open, before anyone types', {}, ['load', 'warm']],
    ['is left alone on a battery', { onBattery: true }, []],
    ['is left alone while suggestions are paused', { snoozed: true }, []],
    ['is left alone where the user does not want it warmed', { settings: { 'completion.warm': false } }, []],
    ['is left alone in a language that is switched off', { settings: { 'completion.languages': { '*': false } } }, []],
  ] as const)
    it(where, async (context) => {
      context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
      const play = start(change);
      for (let ms = 0; ms < 3_000; ms += 100) {
        context.mock.timers.tick(100);
        await new Promise((resolve) => setImmediate(resolve));
      }
      play.stop();
      assert.deepEqual(play.asked, asked);
    });
});

type Change = {
  readonly onBattery?: boolean;
  readonly snoozed?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
};

/** Completion in a window with one file open and a model that is not in memory yet. */
function start({ onBattery = false, snoozed = false, settings = {} }: Change) {
  const asked: string[] = [];
  const text = 'function f() {\n  return 1;\n}\n';
  const document = {
    uri: { scheme: 'file', path: '/w/a.ts', toString: () => 'file:///w/a.ts' },
    languageId: 'typescript',
    version: 1,
    offsetAt: () => 3,
  };
  const selection = { active: new Position(0, 3), isEmpty: true };
  window.activeTextEditor = { document, selection, selections: [selection] };
  window.visibleTextEditors = [window.activeTextEditor];
  async function* send({ intent }: LabelledPrompt): AsyncGenerator<SendEvent> {
    asked.push(intent);
    yield { kind: 'delta', text: 'x' };
    yield { kind: 'finish', reason: 'length', usage: {}, served: { model: model.model } };
  }
  const never = { event: new EventEmitter().event };
  // Of what the window is made of, what completion asks of it; the whole types have far more.
  const dependencies = {
    guard: {
      send,
      describe: async () => ({
        kind: 'described',
        info: { ref: model, capabilities: ['completion', 'insert'] },
        proof: { zone: 'device' },
        loaded: false,
      }),
      load: async () => void asked.push('load'),
    },
    chat: createChatActivity(),
    models: { forCompletion: () => [model] },
    reader: {
      isReady: () => true,
      document: () => ({
        uri: 'file:///w/a.ts',
        display: 'a.ts',
        languageId: 'typescript',
        version: 1,
        text: labelled(text, productLabel),
        indent: { tabs: false, size: 2 },
      }),
    },
    settings: { current: () => parseSettings(settings).settings, onDidChange: never.event },
    snooze: { until: () => (snoozed ? 60_000 : undefined) },
    memory: { get: () => undefined, update: async () => undefined },
    context: () => [],
    onDidChooseContext: never.event,
    onDidListModels: never.event,
    onBattery: () => onBattery,
    report: () => undefined,
    onDidChangeGround: never.event,
  };
  const started = startCompletion(dependencies as unknown as CompletionDependencies);
  return { asked, stop: () => void started.dispose() };
}
