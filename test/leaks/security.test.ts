import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { it } from 'node:test';
import { vectorTables } from './vectorTable.ts';

it('SECURITY.md lists every vector with its status', async () => {
  const [start, end] = ['<!-- vectors:start -->\n', '\n<!-- vectors:end -->'];
  const text = await readFile('SECURITY.md', 'utf8');
  const [before = '', rest = ''] = text.split(start);
  const [tables, after = ''] = rest.split(end);
  const wanted = vectorTables();
  if (process.env['RINGFENCE_UPDATE'] === '1') await writeFile('SECURITY.md', before + start + wanted + end + after);
  else assert.equal(tables, wanted, 'run RINGFENCE_UPDATE=1 npm test -- security');
});
