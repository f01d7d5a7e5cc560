import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { ToHost } from '../../../src/core/protocol/messages.ts';
import { kindOf, longestText, parseToHost, parseToPanel } from '../../../src/core/protocol/parse.ts';
import { chatView } from '../../../src/core/chat/panelView.ts';
import { labelled } from '../../../src/core/label/labelled.ts';
import { answer, attachment, conversation, fileLabel, leftOut, model, question } from '../chat/conversations.ts';

const known: readonly ToHost[] = [
  { kind: 'ready' },
  { kind: 'ask', text: 'why?' },
  { kind: 'ask', text: 'why?', replaces: 'q1' },
  { kind: 'stop' },
  { kind: 'retry', answer: 'a1' },
  { kind: 'retry', answer: 'a1', model: 'ollama/x' },
  { kind: 'resolve', answer: 'a1', choice: 'without' },
  { kind: 'act', action: 'pull' },
  { kind: 'act', action: 'ask-farther', answer: 'a1' },
  { kind: 'preview-part', answer: 'a1', part: 'q1/x' },
  { kind: 'send-part', offer: 'o1' },
  { kind: 'close-part' },
  { kind: 'draft', text: 'pasted' },
  { kind: 'new-chat' },
  { kind: 'list-sessions' },
  { kind: 'open-session', id: 'c1' },
  { kind: 'remove-session', id: 'c1' },
  { kind: 'choose-model', model: 'ollama/x' },
  { kind: 'refresh-models' },
  { kind: 'cancel-pull' },
  { kind: 'attach-file' },
  { kind: 'attach-selection' },
  { kind: 'attach-uri', uri: 'file:///a' },
  { kind: 'detach', id: 'x' },
  { kind: 'find-files', request: 1, query: 'a' },
  { kind: 'copy', text: 'x' },
  { kind: 'insert', text: 'x' },
  { kind: 'open-link', url: 'https://example.com/' },
];

describe('parseToHost', () => {
  for (const message of known)
    it(`reads ${JSON.stringify(message)}`, () => assert.deepEqual(parseToHost(structuredClone(message)), message));

  for (const [name, value] of [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'ready'],
    ['a list', [{ kind: 'ready' }]],
    ['an unknown kind', { kind: 'evaluate' }],
    ['an extra field', { kind: 'ready', extra: 1 }],
    ['a missing field', { kind: 'ask' }],
    ['a field of the wrong type', { kind: 'ask', text: 1 }],
    ['a choice that is none', { kind: 'resolve', answer: 'a', choice: 'all' }],
    ['an action that is none', { kind: 'act', action: 'workbench.action.quit' }],
    ['a text beyond the limit', { kind: 'ask', text: 'x'.repeat(longestText + 1) }],
    ['a name beyond the limit', { kind: 'attach-uri', uri: 'x'.repeat(3000) }],
    ['a number that is no count', { kind: 'find-files', request: -1, query: '' }],
    ['a number that is none', { kind: 'find-files', request: Number.NaN, query: '' }],
  ] as const)
    it(`refuses ${name}`, () => assert.equal(parseToHost(value), undefined));

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => parseToHost(value) === undefined));
  });

  it('refuses every known message with one field changed to something else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        fc.oneof(fc.constant(null), fc.array(fc.nat()), fc.double()),
        (message, odd) => {
          for (const key of Object.keys(message))
            if (!(key === 'request' && typeof odd === 'number'))
              assert.equal(parseToHost({ ...message, [key]: odd }), undefined);
        },
      ),
    );
  });
});

describe('parseToPanel', () => {
  const view = chatView(
    {
      conversation: conversation(question('q1', 'a', attachment('x', 'secrets/k.ts', 'device')), {
        ...answer('a1', 'b', fileLabel('secrets/k.ts', 'device')),
        leftOut: [leftOut('q0')],
        warnings: ['Looks like a token'],
      }),
      attachments: [attachment('y', 'src/a.ts', 'cloud')],
      board: [],
      model,
      pull: { model, status: 'pulling', completed: 1, total: 2 },
      notice: 'Nothing is selected.',
    },
    undefined,
  );

  it('reads a part shown exactly, a stand-in that is offered, and where a copy comes from', () => {
    const held = fileLabel('secrets/k.ts', 'device');
    const items = [{ ...leftOut('q1/x'), mayDeclassify: true as const }];
    const destination = { model, zone: 'cloud' as const, origin: 'https://far.example' };
    const full = chatView(
      {
        conversation: conversation(
          { ...question('q1', 'a'), text: labelled('pasted', held) },
          { ...answer('a1', ''), state: { kind: 'withheld', zone: 'cloud', items } },
          { ...question('q2', 'b') },
          {
            ...answer('a2', ''),
            insteadOf: model,
            state: {
              kind: 'failed',
              error: { reason: 'not-running', message: 'Down.' },
              standIn: { model, zone: 'cloud' },
            },
          },
        ),
        attachments: [],
        board: [],
        model,
        pull: undefined,
        notice: undefined,
        draft: held,
        offer: {
          id: 'o1',
          answer: 'a1',
          title: 'secrets/k.ts',
          text: labelled('CANARY_TEXT', held),
          rules: [],
          why: 'stays here',
          offer: { part: 'q1/x', preview: 'ab', destination, policy: 'p' },
        },
      },
      undefined,
    );
    const message = { kind: 'snapshot', seq: 0, view: full };
    assert.deepEqual(parseToPanel(structuredClone(message)), message);
    const [asked, waiting, , failed] = full.messages;
    assert.equal(asked?.kind === 'question' && asked.pasted?.[0]?.title, 'pasted from secrets/k.ts');
    assert.equal(full.panel.pasted?.[0]?.reach, 'device');
    assert.equal(
      waiting?.kind === 'answer' && waiting.state.kind === 'withheld' && waiting.state.offer?.host,
      'far.example',
    );
    assert.equal(
      failed?.kind === 'answer' && failed.state.kind === 'problem' && failed.state.problem.other?.id,
      'ask-farther',
    );
  });

  it('reads what the host sends', () => {
    for (const message of [
      { kind: 'snapshot', seq: 0, view },
      { kind: 'panel', seq: 1, panel: view.panel },
      { kind: 'message', seq: 2, message: view.messages[1] },
      { kind: 'delta', seq: 3, id: 'a1', channel: 'text', text: 'x' },
      { kind: 'sessions', seq: 4, sessions: [{ id: 'c1', title: 'a', updatedAt: 1 }] },
      {
        kind: 'found',
        seq: 5,
        request: 1,
        files: [{ uri: 'file:///a', name: 'a', folder: '', reach: 'cloud', why: '' }],
      },
      { kind: 'focus', seq: 6 },
    ])
      assert.deepEqual(parseToPanel(structuredClone(message)), message);
  });

  it('refuses a message without its number', () => {
    assert.equal(parseToPanel({ kind: 'focus' }), undefined);
    assert.equal(parseToPanel({ kind: 'snapshot', view }), undefined);
  });

  it('refuses a view with a state it does not know', () => {
    const odd = { ...view.messages[1], state: { kind: 'haunted' } };
    assert.equal(parseToPanel({ kind: 'message', seq: 1, message: odd }), undefined);
  });
});

describe('kindOf', () => {
  it('names a kind for the log and never content', () => {
    assert.equal(kindOf({ kind: 'evaluate' }), 'evaluate');
    assert.equal(kindOf({ kind: 'CANARY secret text' }), 'unknown');
    assert.equal(kindOf(7), 'unknown');
  });
});
