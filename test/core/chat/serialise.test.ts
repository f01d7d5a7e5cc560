import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Conversation } from '../../../src/core/chat/conversation.ts';
import { messageViews } from '../../../src/core/chat/messageView.ts';
import { restore } from '../../../src/core/chat/restore.ts';
import { serialise } from '../../../src/core/chat/serialise.ts';
import { joinLabels, labelled, type Label } from '../../../src/core/label/labelled.ts';
import { mayReach, reaches, zones } from '../../../src/core/label/reach.ts';
import { answer, attachment, conversation, fileLabel, leftOut, model, question, typed } from './conversations.ts';

const full = conversation(
  question('q1', 'first\nline', attachment('x', 'secrets/k.ts', 'device'), attachment('z', 'src/a.ts', 'cloud')),
  {
    ...answer('a1', 'one', joinLabels([typed, fileLabel('secrets/k.ts', 'device')])),
    leftOut: [leftOut('q0')],
    warnings: ['Looks like a token'],
    served: {
      zone: 'device',
      where: 'this machine',
      because: ['The connection ends on this machine.'],
      served: { model: 'qwen' },
      usage: { outputTokens: 3 },
      durationMs: 12.5,
      bytesOut: 400,
    },
  },
  question('q2', 'second'),
  { ...answer('a2', ''), state: { kind: 'withheld', zone: 'cloud', items: [leftOut('a1')] } },
);

describe('serialise and restore', () => {
  it('gives back the same conversation, labels included', () => {
    const back = again(full);
    assert.deepEqual(plain(back), plain(full));
    assert.deepEqual(labelsOf(back), labelsOf(full));
  });

  it('stops an answer that was under way', () => {
    for (const kind of ['checking', 'waiting', 'loading', 'streaming'] as const)
      assert.deepEqual(again(conversation(question('q', 'a'), { ...answer('a', 'b'), state: { kind } })).messages[1], {
        ...answer('a', 'b'),
        state: { kind: 'stopped' },
      });
  });

  it('keeps what an error says and not what caused it', () => {
    const error = { reason: 'busy', message: 'Busy.', action: 'Wait.', cause: new Error('CANARY_CAUSE') } as const;
    const text = serialise(conversation(question('q', 'a'), { ...answer('a', ''), state: { kind: 'failed', error } }));
    assert.ok(!text.includes('CANARY_CAUSE'));
    assert.ok(text.includes('Busy.'));
  });

  it('keeps every text whose label is missing or odd on this machine', () => {
    for (const label of [
      undefined,
      null,
      {},
      'cloud',
      { reach: 'cloud', origins: [] },
      { reach: 'everywhere', origins: [] },
      { reach: 'cloud', origins: [{ provenance: { kind: 'web' }, reach: 'cloud', rules: [] }] },
      { reach: 'cloud', origins: [{ provenance: { kind: 'typed' }, reach: 'cloud', rules: [] }], extra: 1 },
    ]) {
      const back = restore(withLabel(label));
      assert.ok(label === null || back, JSON.stringify(label));
      for (const text of back ? labelsOf(back) : [])
        assert.ok(!mayReach(text.reach, 'perimeter'), JSON.stringify(label));
    }
  });

  it('does not believe a reach that is wider than its origins', () => {
    const label = { ...fileLabel('secrets/k.ts', 'device'), reach: 'cloud' };
    assert.equal(labelsOf(restore(withLabel(label)) ?? assert.fail())[0]?.reach, 'device');
  });

  it('believes a reach that is nearer than its origins', () => {
    assert.equal(
      labelsOf(restore(withLabel({ ...typed, reach: 'perimeter' })) ?? assert.fail())[0]?.reach,
      'perimeter',
    );
  });

  it('reads nothing from what is not a conversation of this version', () => {
    const stored: unknown = JSON.parse(serialise(full));
    assert.ok(stored !== null && typeof stored === 'object');
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{}',
      JSON.stringify({ ...stored, version: 2 }),
      JSON.stringify({ ...stored, messages: [{ kind: 'order' }] }),
      JSON.stringify({ ...stored, extra: true }),
    ])
      assert.equal(restore(text), undefined, text.slice(0, 60));
  });

  it('never throws and never widens, whatever is changed in the stored text', () => {
    const text = serialise(full);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), fc.nat(20), (at, piece, cut) => {
        const back = restore(text.slice(0, at) + piece + text.slice(at + cut));
        if (!back) return;
        const held = labelsOf(back).filter(({ origins }) => origins.some(({ reach }) => reach === 'device'));
        for (const label of held) assert.ok(!mayReach(label.reach, 'perimeter'));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the reach of any label', () => {
    const labels = fc
      .array(fc.constantFrom(...reaches), { minLength: 1, maxLength: 4 })
      .map((list) => joinLabels(list.map((reach, at) => fileLabel(`f${at}`, reach))));
    fc.assert(
      fc.property(labels, fc.string(), (label, words) => {
        const back = again(conversation({ ...question('q', ''), text: labelled(words, label) }));
        const [got] = labelsOf(back);
        for (const zone of zones) assert.equal(got && mayReach(got.reach, zone), mayReach(label.reach, zone));
      }),
      { numRuns: 100 },
    );
  });
});

function again(of: Conversation): Conversation {
  return restore(serialise(of)) ?? assert.fail('not restored');
}

function plain(of: Conversation) {
  const { messages: _, ...rest } = of;
  return { ...rest, messages: messageViews(of, { kindOf: () => 'ollama', installedInstead: () => undefined }) };
}

function labelsOf({ messages }: Conversation): readonly Label[] {
  return messages.flatMap((message) =>
    message.kind === 'question'
      ? [message.text.label, ...message.attachments.map(({ text }) => text.label)]
      : [message.text.label, message.thinking.label],
  );
}

function withLabel(label: unknown): string {
  return JSON.stringify({
    version: 1,
    id: 'c1',
    createdAt: 1,
    updatedAt: 1,
    agreed: [],
    messages: [
      { kind: 'question', id: 'q', at: 1, text: { text: 'CANARY_TEXT', label }, attachments: [] },
      {
        kind: 'answer',
        id: 'a',
        at: 1,
        model,
        text: { text: 'x', label },
        thinking: { text: 'y', label },
        state: { kind: 'stopped' },
        leftOut: [],
        warnings: [],
      },
    ],
  });
}
