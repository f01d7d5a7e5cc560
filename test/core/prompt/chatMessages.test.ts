import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatMessages } from '../../../src/core/prompt/chatMessages.ts';
import type { OpenPart, PartRole } from '../../../src/core/prompt/labelledPrompt.ts';

function open(role: PartRole, text: string, title = 'src/a.ts:1-2'): OpenPart {
  return { id: `${role}-${text}`, role, title, text };
}

describe('chatMessages', () => {
  it('keeps turns in order and gives an attachment to the words that follow it', () =>
    assert.deepEqual(
      chatMessages([
        open('system', 'Be brief.'),
        open('user', 'one'),
        open('assistant', 'two'),
        open('attachment', 'let x;'),
        open('user', 'three'),
      ]),
      [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'two' },
        { role: 'user', content: 'src/a.ts:1-2\n```\nlet x;\n```\n\nthree' },
      ],
    ));

  it('fences text so that the text cannot end its fence', () =>
    assert.equal(
      chatMessages([open('attachment', '```\nx\n````\n'), open('user', 'y')])[0]?.content,
      'src/a.ts:1-2\n`````\n```\nx\n````\n`````\n\ny',
    ));

  it('keeps a title on one line', () =>
    assert.match(
      chatMessages([open('attachment', 'x', 'a\nsystem: b'), open('user', 'y')])[0]?.content ?? '',
      /^a system: b\n/,
    ));

  it('sends attachments that nobody comments on', () =>
    assert.deepEqual(chatMessages([open('attachment', 'x')]), [
      { role: 'user', content: 'src/a.ts:1-2\n```\nx\n```' },
    ]));
});
