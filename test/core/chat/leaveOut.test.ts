import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leaveOut, leftForRoom } from '../../../src/core/chat/leaveOut.ts';
import type { PartDecision } from '../../../src/core/exchange/verdict.ts';
import { joinLabels, productLabel, type Label } from '../../../src/core/label/labelled.ts';
import { answer, attachment, conversation, fileLabel, keysRule, question } from './conversations.ts';

const chat = conversation(
  question('q1', 'first', attachment('x', 'secrets/k.ts', 'device')),
  answer('a1', 'one'),
  question('q2', 'second', attachment('y', 'secrets/m.ts', 'device')),
  answer('a2', ''),
);

describe('leaveOut', () => {
  it('leaves a whole exchange out when its answer must stay', () => {
    assert.deepEqual(
      leaveOut(chat, 'a2', [drop('a1'), drop('q1/x')]).map(({ id }) => id),
      ['q1/x', 'q1', 'a1'],
    );
  });

  it('leaves a whole exchange out when its question must stay', () => {
    assert.deepEqual(new Set(leaveOut(chat, 'a2', [drop('q1')]).map(({ id }) => id)), new Set(['q1', 'q1/x', 'a1']));
  });

  it('leaves an attachment out alone', () => {
    assert.deepEqual(
      leaveOut(chat, 'a2', [drop('q2/y'), keep('q2')]).map(({ id }) => id),
      ['q2/y'],
    );
    assert.deepEqual(
      leaveOut(chat, 'a2', [drop('q1/x'), keep('a1')]).map(({ id }) => id),
      ['q1/x'],
    );
  });

  it('gives the reason of the guard where the text itself has none, and says why the rest goes along', () => {
    const items = leaveOut(chat, 'a2', [drop('a1')]);
    assert.deepEqual(
      items.find(({ id }) => id === 'a1'),
      {
        id: 'a1',
        title: 'a1',
        reach: 'device',
        rules: [keysRule],
        why: 'secrets/k.ts may not leave this machine.',
      },
    );
    assert.equal(items.find(({ id }) => id === 'q1')?.why, 'its answer stays here');
  });

  it('names the file and the rule by which an answer and an attachment stay', () => {
    const label = joinLabels([
      fileLabel('secrets/k.ts', 'device'),
      { ...productLabel, reach: 'device', origins: nearer(productLabel) },
    ]);
    const held = conversation(
      question('q1', 'first', attachment('x', 'secrets/k.ts', 'device')),
      answer('a1', 'one', label),
      question('q2', 'second'),
      answer('a2', ''),
    );
    const why = new Map(
      leaveOut(held, 'a2', [drop('a1'), drop('q1/x', 'secrets/k.ts')]).map((item) => [item.id, item.why]),
    );
    assert.equal(why.get('a1'), 'made with secrets/k.ts: rule keys (.ringfence.jsonc, line 12), signing keys');
    assert.equal(why.get('q1/x'), 'stays on this machine: rule keys (.ringfence.jsonc, line 12), signing keys');
  });

  it('leaves nothing out when all may go', () => {
    assert.deepEqual(leaveOut(chat, 'a2', [keep('q1'), keep('a1')]), []);
  });
});

describe('leftForRoom', () => {
  it('names messages, not their attachments', () => {
    assert.deepEqual(
      leftForRoom(chat, ['q1/x', 'q1', 'a1']).map(({ title }) => title),
      ['your message', 'an answer'],
    );
  });
});

/** As an origin looks after it was joined to a nearer one. */
function nearer({ origins }: Label): Label['origins'] {
  return origins.map((origin) => ({ ...origin, reach: 'device' }));
}

function drop(id: string, title = id): PartDecision {
  return {
    id,
    title,
    bytes: 1,
    decision: 'drop',
    reach: 'device',
    rules: [keysRule],
    why: 'secrets/k.ts may not leave this machine.',
  };
}

function keep(id: string): PartDecision {
  return { id, title: id, bytes: 1, decision: 'keep', reach: 'cloud', rules: [] };
}
