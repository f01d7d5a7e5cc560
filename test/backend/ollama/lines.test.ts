import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { wellFormedLines } from '../../../src/backend/ollama/lines.ts';
import { PipeError } from '../../../src/core/exchange/pipeError.ts';

async function pass(chunks: readonly Uint8Array[]): Promise<string> {
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return new Response(source.pipeThrough(wellFormedLines())).text();
}

function cutAt(text: string, cuts: readonly number[]): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const places = [0, ...cuts.map((at) => at % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.slice(places[index], end));
}

describe('wellFormedLines', () => {
  it('passes objects on whole, however they are cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(500)), async (words, cuts) => {
        const lines = words.map((word) => `${JSON.stringify({ word })}\n`).join('');
        assert.equal(await pass(cutAt(lines, cuts)), lines);
      }),
    ));

  it('adds the line feed that the last line lacks, and drops empty lines', async () =>
    assert.equal(await pass(cutAt('{"a":1}\n\n \r\n{"b":2}', [])), '{"a":1}\n{"b":2}\n'));

  for (const [name, text] of [
    ['no JSON', '{"a":1}\nCANARY_not json\n'],
    ['half a line', '{"a":1}\n{"b":'],
    ['a bare value', '17\n'],
  ] as const)
    it(`breaks at ${name}, and repeats nothing of it`, async () => {
      await assert.rejects(
        pass(cutAt(text, [])),
        (error) => error instanceof PipeError && !error.message.includes('CANARY'),
      );
    });

  it('breaks at bytes that are no UTF-8', () => assert.rejects(pass([new Uint8Array([0x7b, 0xff, 0x7d, 0x0a])])));

  it('breaks at a line without an end', async () => {
    const piece = new Uint8Array(1 << 20).fill(0x20);
    await assert.rejects(pass(Array.from({ length: 20 }, () => piece)));
  });
});
