import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Receipt } from '../../../src/core/audit/receipt.ts';
import { describeRecent } from '../../../src/core/status/describeRecent.ts';
import { snoozedWords, switchedOffWords } from '../../../src/core/status/completionOff.ts';
import type { StatusProblem } from '../../../src/core/status/problem.ts';
import type { ServedByState } from '../../../src/core/status/servedBy.ts';

const idle: ServedByState = { recent: [], host: 'this machine' };

const local: Receipt = {
  id: '1',
  at: 0,
  intent: 'completion',
  model: { backend: 'ollama', model: 'qwen2.5-coder:1.5b' },
  proof: {
    zone: 'device',
    because: ['Loopback.'],
    evidence: {
      origin: 'http://127.0.0.1:11434',
      peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
      server: { kind: 'ollama', version: '0.33.0' },
      model: { kind: 'local', pinned: true },
      host: 'this machine',
    },
  },
  verdict: { kind: 'allow', zone: 'device', parts: [] },
  outcome: { kind: 'done', reason: 'stop' },
  bytesOut: 1200,
  durationMs: 92.4,
  usage: { promptTokens: 300, outputTokens: 12 },
  served: { model: 'qwen2.5-coder:1.5b' },
  policy: 'none',
};
const embedded: Receipt = {
  ...local,
  model: { backend: 'embedded', model: 'embedded' },
  served: { model: 'embedded' },
};
const notRunning = {
  reason: 'not-running',
  message: 'Ollama is not running at http://localhost:11434.',
  action: 'Start it with: ollama serve',
} as const;

describe('the tooltip of the status bar', () => {
  it('makes no link of an address, a host or a mailbox, and shows them as they are', () => {
    const text = describeRecent({
      ...idle,
      problem: { ...notRunning, message: 'Not at http://localhost:11434. Ask www.example.com or a@example.com.' },
    });
    assert.doesNotMatch(text, /https?:\/\/|www\.|\w@\w/);
    assert.equal(
      shownOf(text.split('\n\n')[0] ?? ''),
      '$(warning) Not at http://localhost:11434. Ask www.example.com or a@example.com. Start it with: ollama serve',
    );
  });
  it('lets a name from a server be no icon, no link and no new column', () => {
    const name = 'a|b $(flame) [x](command:y) <b>';
    const text = describeRecent({ ...idle, recent: [{ ...local, served: { model: name } }] });
    const row = text.split('\n').find((line) => line.includes('flame')) ?? '';
    assert.ok(shownOf(row).replaceAll('\u00a0', ' ').includes(name));
    assert.doesNotMatch(row, /[^\\][|](?=b )|\$\((?=flame)|[^\\]\[x|[^\\]</);
  });
  it('says what the embedded engine is where it served last', () => {
    assert.match(describeRecent({ ...idle, recent: [embedded, local] }), /from your own code/);
    assert.doesNotMatch(describeRecent({ ...idle, recent: [local, embedded] }), /from your own code/);
  });
  it('offers the one act that mends a trouble, and names nothing twice', () => {
    const links = (problem: StatusProblem) =>
      describeRecent({ ...idle, problem })
        .split('\n\n')
        .at(-1) ?? '';
    assert.match(
      links({ ...notRunning, kind: 'ollama' }),
      /^\*\*\[Start Ollama\]\(command:ringfence\.models\.start\)\*\* · /,
    );
    assert.match(links({ ...notRunning, asked: 'In WSL' }), /^\*\*\[Set its address\]/);
    assert.match(links({ ...notRunning, kind: 'custom' }), /^\[Show requests\]/);
    assert.match(links({ reason: 'not-permitted', message: 'It is not encrypted.' }), /^\*\*\[Open settings\]/);
    const missing = { reason: 'model-missing', message: 'a is missing.', kind: 'ollama' } as const;
    assert.match(
      links({ ...missing, model: { backend: 'ollama', model: 'a:1b' } }),
      /^\*\*\[Download a\\:1b\]\(command:ringfence\.models\.pull\?%5B%22ollama%2Fa%3A1b%22%5D\)\*\* · /,
    );
    assert.match(
      links({ ...missing, model: { backend: 'ollama', model: 'a)](b' } }),
      /^\*\*\[Download a\\\)\\\]\\\(b\]\(command:ringfence\.models\.pull\?%5B%22ollama%2Fa%29%5D%28b%22%5D\)\*\* · /,
    );
    assert.match(links({ reason: 'busy', message: 'It is busy.' }), /^\[Show requests\]/);
  });
  it('says why the last request was not sent', () => {
    const cause = { reason: 'required-part', message: 'legal/a.md may not go to any model.' } as const;
    const refused: Receipt = { ...local, verdict: { kind: 'refuse', zone: 'device', parts: [], cause } };
    assert.match(
      shownOf(describeRecent({ ...idle, recent: [refused] })),
      /Not sent: legal\/a\.md may not go to any model\./,
    );
    assert.doesNotMatch(describeRecent({ ...idle, recent: [local, refused] }), /Not sent:/);
  });
  it('leads out of what keeps it local', () => {
    const mend = { label: 'Open the policy', command: 'ringfence.policy.create', args: [] };
    const text = describeRecent({ ...idle, localOnly: { why: 'policy error (1)', urgent: true, mend } });
    assert.match(text, /\[Open the policy\]\(command:ringfence\.policy\.create\)/);
  });
  it('leads out of a snooze', () => {
    assert.match(describeRecent({ ...idle, off: snoozedWords('01:06 PM') }), /Snoozed|snoozed until 01\\:06 PM/);
    assert.match(
      describeRecent({ ...idle, off: snoozedWords('01:06 PM') }),
      /\(command:ringfence\.completion\.endSnooze\)/,
    );
    assert.doesNotMatch(describeRecent({ ...idle, off: switchedOffWords({ kind: 'off' }) }), /endSnooze/);
  });
});

describe('the last requests', () => {
  it('stand in one row where they are of one kind, with their sum and the time of the last', () => {
    const rows = rowsOf([local, { ...local, usage: { promptTokens: 100 }, durationMs: 7 }]);
    assert.deepEqual(rows, ['$(lock)|qwen2.5-coder:1.5b × 2|this machine|2.4 kB|400 → 12|92 ms']);
  });
  it('are told apart by purpose, model and place, and where something was held back', () => {
    const chat: Receipt = { ...local, intent: 'chat' };
    const held: Receipt = {
      ...local,
      verdict: {
        kind: 'allow',
        zone: 'device',
        parts: [{ id: 'a', title: '.env', bytes: 10, decision: 'drop', reach: 'none', rules: [] }],
      },
    };
    const rows = rowsOf([local, chat, embedded, held, held]);
    assert.deepEqual(
      rows.map((row) => row.split('|').at(1)),
      ['qwen2.5-coder:1.5b', 'chat · qwen2.5-coder:1.5b', 'embedded', 'qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b'],
    );
    assert.deepEqual(
      rows.map((row) => row.split('|').at(6)),
      ['–', '–', '–', '1', '1'],
    );
  });
  it('say nothing of tokens that nobody counted, and of held-back parts where there are none', () => {
    assert.deepEqual(rowsOf([{ ...local, usage: {} }]), ['$(lock)|qwen2.5-coder:1.5b|this machine|1.2 kB|–|92 ms']);
  });
});

/** The cells of each row, as a reader sees them. */
function rowsOf(recent: readonly Receipt[]): readonly string[] {
  const lines = describeRecent({ ...idle, recent }).split('\n');
  return lines
    .filter((line) => line.startsWith('| $('))
    .map((line) =>
      shownOf(line)
        .replaceAll(/\u00a0|&nbsp;/g, ' ')
        .split(' | ')
        .map((cell) => cell.replace(/^\| | \|$/g, '').trim())
        .join('|'),
    );
}

/** What a reader sees of Markdown that escapes with backslashes only. */
function shownOf(markdown: string): string {
  return markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}
