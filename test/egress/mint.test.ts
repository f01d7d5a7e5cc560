import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

describe('an approval', () => {
  it('is minted in one place only', async () => {
    const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
    const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(`src/${file}`, 'utf8') })));
    const mints = texts.filter(({ text }) => castsToApproved(text)).map(({ file }) => file.replaceAll('\\', '/'));
    assert.deepEqual(mints, ['egress/guardApprove.ts']);
  });

  it('is noticed when it is forged', () => {
    assert.ok(castsToApproved('const x = { parts } as unknown as Approved;'));
    assert.ok(castsToApproved('return <Approved>parts;'));
    assert.ok(castsToApproved("const x = y as import('../backend/approved.ts').Approved"));
    assert.ok(!castsToApproved('function f(approved: Approved): Approved'));
  });
});

function castsToApproved(text: string): boolean {
  return /\bas\s+(?:import\([^)]*\)\s*\.\s*)?Approved\b|[=(,]\s*<Approved>|\breturn\s+<Approved>/.test(text);
}
