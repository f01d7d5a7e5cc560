import assert from 'node:assert/strict';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import { createContextSource } from '../../../src/core/context/contextSource.ts';
import type { ContextPiece } from '../../../src/core/prompt/completionPrompt.ts';
import { read } from './documents.ts';
import { complete } from './doors.ts';
import { expectSeen, serverIn } from './expect.ts';
import { modelIn } from './servers.ts';
import type { Stage } from './stage.ts';

/** What the developer did with the held file before. */
type Trail = readonly ('opened' | 'edited' | 'closed')[];

/**
 * Pieces of a held file and of an ordinary one are chosen for a completion in a third, as the extension chooses them. The
 * held ones must stay and be named; the ordinary ones go, and the model answers.
 */
export async function expectPieceHeld(stage: Stage, trail: Trail = []): Promise<void> {
  const { document, pieces } = await choosePieces(stage, trail);
  await expectPiecesStay(stage, document, pieces);
}

export type Chosen = { readonly document: DocumentSnapshot; readonly pieces: readonly ContextPiece[] };

/** Writes the three files, has them read, and chooses. Fails if no piece of the held file was chosen. */
export async function choosePieces(stage: Stage, trail: Trail = []): Promise<Chosen> {
  const word = stage.watch.plant();
  await stage.workspace.write('held/rates.ts', `export function heldRate(order: Order) {\n  return '${word}';\n}\n`);
  await stage.workspace.write(
    'src/beside.ts',
    "export function besideRate(order: Order) {\n  return 'ORDINARY_PIECE';\n}\n",
  );
  const using = "import { heldRate } from '../held/rates.ts';\nimport { besideRate } from './beside.ts';\n";
  await stage.workspace.write('src/total.ts', `${using}// ORDINARY_TOTAL\nconst total = heldRate(order) + besideRate(`);
  const source = createContextSource();
  for (const file of ['held/rates.ts', 'src/beside.ts']) source.update(await read(stage, file));
  for (const what of trail) source.note(stage.workspace.uri('held/rates.ts'), what);
  const document = await read(stage, 'src/total.ts');
  const pieces = source.prepare({ document, offset: document.text.length }, { budget: 4_000 });
  for (const file of ['held/rates.ts', 'src/beside.ts'])
    assert.ok(
      pieces.some(({ title }) => title.startsWith(file)),
      `no piece of ${file} was chosen`,
    );
  return { document, pieces };
}

/** Asks the far model with these pieces. */
export async function expectPiecesStay(
  stage: Stage,
  document: DocumentSnapshot,
  pieces: readonly ContextPiece[],
): Promise<void> {
  const { offer } = await complete(stage, document, { models: [modelIn.cloud], context: pieces });
  assert.ok(offer, 'the ordinary rest was not answered');
  expectSeen(stage, 'cloud', ['ORDINARY_PIECE', 'ORDINARY_TOTAL']);
  const parts = stage.receipts.at(-1)?.verdict.parts ?? [];
  const dropped = parts.filter(({ decision }) => decision === 'drop').map(({ title }) => title);
  const held = pieces.map(({ title }) => title).filter((title) => title.startsWith('held/'));
  assert.deepEqual(dropped, held);
  assert.equal(serverIn(stage, 'cloud').saw('function heldRate'), false);
}
