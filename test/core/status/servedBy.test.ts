import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { servedBy, servedWhere, type ServedByState } from '../../../src/core/status/servedBy.ts';
import { requestRow } from '../../../src/core/status/requestTree.ts';
import { snoozedWords, switchedOffWords } from '../../../src/core/status/completionOff.ts';
import type { Receipt } from '../../../src/core/audit/receipt.ts';

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

const cloud: Receipt = {
  ...local,
  id: '2',
  model: { backend: 'or', model: 'some/model' },
  proof: {
    zone: 'cloud',
    because: [],
    evidence: {
      origin: 'https://openrouter.ai',
      peer: { kind: 'unverified', why: 'a proxy may stand between' },
      server: { kind: 'unknown' },
      model: { kind: 'unproved', why: 'not on this machine' },
      host: 'this machine',
    },
  },
  verdict: {
    kind: 'allow',
    zone: 'cloud',
    parts: [
      {
        id: 'a',
        title: '.env',
        bytes: 10,
        decision: 'drop',
        reach: 'device',
        why: 'Rule env keeps it on this machine.',
        rules: [
          { layer: 'workspace', id: 'env', pattern: '.env', reach: 'device', file: '/w/.ringfence.jsonc', line: 4 },
        ],
      },
    ],
  },
  served: { model: 'some/model', upstream: 'Example Cloud' },
  durationMs: 1234,
};

const off = switchedOffWords({ kind: 'off' });
const notRunning = { reason: 'not-running', message: 'Ollama is not running at http://localhost:11434.' } as const;

describe('served by', () => {
  it('says the model, the machine and the time of the last request', () => {
    assert.equal(servedBy({ ...idle, recent: [local] }).text, '$(lock) qwen2.5-coder:1.5b · this machine · 92 ms');
  });

  it('names the upstream behind an aggregator, from the wire', () => {
    assert.equal(
      servedBy({ ...idle, recent: [cloud] }).text,
      '$(cloud) some/model · Example Cloud via openrouter.ai · 1.2 s',
    );
  });

  it('says that nothing left the machine to who cannot see the icon', () => {
    assert.match(servedBy({ ...idle, recent: [local] }).spoken, /nothing left this machine/);
    assert.match(servedBy({ ...idle, recent: [cloud] }).spoken, /1\.2 kB sent, 1 part held back/);
  });

  it('puts a policy that cannot be read before everything', () => {
    const localOnly = { why: 'policy error (1)', urgent: true };
    assert.deepEqual(servedBy({ ...idle, localOnly, recent: [local] }).text, '$(lock) Local only · policy error (1)');
    assert.equal(servedBy({ ...idle, localOnly, recent: [local] }).warning, true);
    assert.match(servedBy({ ...idle, off, localOnly }).text, /policy error/);
  });

  it('says that completion is off, and no more than that: chat goes on', () => {
    assert.deepEqual(servedBy({ ...idle, off, recent: [local] }), {
      text: '$(circle-slash) Completion off',
      spoken: 'Completion is switched off.',
      warning: false,
    });
    const chat: Receipt = { ...local, intent: 'chat' };
    const { text, spoken } = servedBy({ ...idle, off, recent: [chat, local] });
    assert.equal(text, '$(lock) qwen2.5-coder:1.5b · this machine · 92 ms · completion off');
    const snoozed = servedBy({ ...idle, off: snoozedWords('01:06 PM'), recent: [chat] });
    assert.match(snoozed.text, / · 92 ms · snoozed until 01:06 PM$/);
    assert.match(spoken, /^Last request served by qwen2\.5-coder:1\.5b.*Completion is switched off\.$/);
  });

  it('tells until when completion is snoozed, and what it is off for', () => {
    assert.equal(servedBy({ ...idle, off: snoozedWords('01:06 PM') }).text, '$(bell-slash) Snoozed until 01:06 PM');
    const language = switchedOffWords({ kind: 'language', language: 'typescript' });
    assert.equal(servedBy({ ...idle, off: language }).text, '$(circle-slash) Off for typescript files');
    const file = switchedOffWords({ kind: 'excluded', pattern: '*.gen.ts' });
    assert.equal(servedBy({ ...idle, off: file }).text, '$(circle-slash) Off for this file');
  });

  it('names who answered in the place of a model that does not', () => {
    const problem = { ...notRunning, passedOver: true };
    assert.deepEqual(servedBy({ ...idle, problem, recent: [local] }), servedBy({ ...idle, recent: [local] }));
  });

  it('is troubled by no server where nothing would be asked of it', () => {
    assert.equal(servedBy({ ...idle, off, problem: notRunning }).warning, false);
  });

  it('says that a missing policy keeps it local, until a request tells more', () => {
    const localOnly = { why: 'no policy file', urgent: false };
    assert.match(servedBy({ ...idle, localOnly }).text, /local only/);
    assert.match(servedBy({ ...idle, localOnly, recent: [local] }).text, /92 ms/);
  });

  it('names the engine that stands in for a model, and the model that is loaded meanwhile', () => {
    const engine = { ...local, model: { backend: 'embedded', model: 'embedded' }, served: { model: 'embedded' } };
    const { text, spoken } = servedBy({ ...idle, recent: [engine], loading: { backend: 'ollama', model: 'm' } });
    assert.equal(text, '$(loading~spin) embedded · this machine · 92 ms · loading m');
    assert.equal(spoken, 'Loading m');
  });
  it('shows loading before running, and a failure before both', () => {
    const model = { backend: 'ollama', model: 'm' };
    assert.match(servedBy({ ...idle, loading: model, running: model }).text, /Loading m/);
    assert.equal(servedBy({ ...idle, running: model, problem: notRunning }).text, '$(warning) No model server');
    assert.equal(servedBy({ ...idle, problem: notRunning }).spoken, notRunning.message);
  });

  it('says that completion waits while a chat runs', () => {
    const running = { backend: 'ollama', model: 'm' };
    assert.match(servedBy({ ...idle, running, waitsForChat: true, recent: [local] }).text, /waits for the chat/);
    assert.doesNotMatch(servedBy({ ...idle, running, recent: [local] }).text, /waits/);
  });

  it('names the engine of this process where it stands in for a server that is down', () => {
    const stoodIn: Receipt = {
      ...local,
      model: { backend: 'embedded', model: 'embedded' },
      served: { model: 'embedded' },
    };
    const state: ServedByState = { ...idle, recent: [stoodIn], problem: notRunning };
    assert.equal(servedBy(state).text, '$(lock) embedded · this machine · 92 ms');
  });

  it('does not claim a server for a request that was refused', () => {
    const refused: Receipt = {
      ...cloud,
      verdict: {
        kind: 'refuse',
        zone: 'cloud',
        parts: [],
        cause: { reason: 'no-policy', message: 'There is no policy file.' },
      },
      outcome: { kind: 'refused' },
    };
    assert.equal(servedWhere(refused), 'not sent');
    assert.match(servedBy({ ...idle, recent: [refused] }).spoken, /not sent: There is no policy file/);
  });
});

describe('request row', () => {
  it('lists what was held back, by which rule, and where that rule stands', () => {
    const row = requestRow(cloud);
    assert.match(row.description ?? '', /1 held back/);
    const part = row.children.find((child) => child.label === '.env');
    assert.match(part?.description ?? '', /held back · 10 B · may reach device/);
    assert.deepEqual(part?.children.at(-1)?.open, { file: '/w/.ringfence.jsonc', line: 4 });
  });

  it('gives every row an id of its own', () => {
    const ids: string[] = [];
    const walk = (row: ReturnType<typeof requestRow>): void => {
      ids.push(row.id);
      row.children.forEach(walk);
    };
    walk(requestRow(cloud));
    assert.equal(new Set(ids).size, ids.length);
  });
});
