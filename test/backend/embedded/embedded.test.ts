import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEmbedded } from '../../../src/backend/embedded/embedded.ts';
import { createEmbeddedIndex } from '../../../src/core/embedded/embeddedIndex.ts';
import { feed } from '../../../src/core/embedded/feed.ts';
import type { SendEvent } from '../../../src/core/exchange/guard.ts';
import { labelled } from '../../../src/core/label/labelled.ts';
import type { LabelledPrompt, Part } from '../../../src/core/prompt/labelledPrompt.ts';
import { createGuard } from '../../../src/egress/guard.ts';
import { createWorld, labelFor } from '../../egress/support/world.ts';

const uri = 'file:///w/src/handlers.ts';
const line = '  const record = registry.require(id);\n';
const taught = ['open', 'close', 'rename', 'remove', 'share']
  .map((name) => `function ${name}(id) {\n${line}}\n`)
  .join('\n');

describe('the embedded engine behind the guard', () => {
  it('completes in this process and is served by this machine, with a receipt', async () => {
    const { events, receipts } = await complete('function lock(id) {\n  const record', 'device');
    assert.match(text(events), /registry\.require\(id/);
    const [receipt] = receipts;
    assert.equal(receipt?.proof?.zone, 'device');
    assert.equal(receipt.served?.model, 'embedded');
    assert.equal(receipt.bytesOut, 0);
  });

  it('is not asked about a file that may reach no model', async () => {
    const { events, receipts } = await complete('function lock(id) {\n  const record', 'none');
    assert.equal(text(events), '');
    assert.equal(receipts[0]?.verdict.kind, 'refuse');
  });

  it('says nothing rather than something doubtful', async () => {
    assert.equal(text((await complete('zebra ', 'device')).events), '');
  });
});

async function complete(prefix: string, reach: 'device' | 'none') {
  const index = createEmbeddedIndex();
  feed(index, { uri, text: labelled(`${taught}${prefix}`, labelFor('device')) });
  const { deps, receipts } = createWorld({ backends: [] });
  const guard = createGuard({ ...deps, backends: () => [createEmbedded(async () => index)] });
  const part = (role: 'prefix' | 'suffix', content: string): Part => ({
    id: role,
    role,
    title: role,
    text: labelled(content, labelFor(reach)),
    required: true,
  });
  const prompt: LabelledPrompt = {
    intent: 'completion',
    parts: [part('prefix', `${taught}${prefix}`), part('suffix', '\n}\n')],
    options: { maxTokens: 64, document: uri },
  };
  const events: SendEvent[] = [];
  const model = { backend: 'embedded', model: 'embedded' };
  for await (const event of guard.send(prompt, model, new AbortController().signal)) events.push(event);
  return { events, receipts };
}

function text(events: readonly SendEvent[]): string {
  return events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
}
