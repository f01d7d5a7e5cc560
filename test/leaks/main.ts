import { editorTests } from './editorTests.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { vectors } from './matrix.ts';
import type { GroupId, Status } from './matrix/vector.ts';
import { runPlay, type Outcome } from './play.ts';
import { plays } from './plays.ts';
import { startServers } from './stage/servers.ts';

/**
 * What one process of the leak suite does: `vectors` plays the matrix, `fuzz <sessions> <seed>` plays random sessions. The
 * result is one line of JSON on the standard output; `run.mjs` and `mutate.mjs` start these and add them up.
 */
const [work, ...numbers] = process.argv.slice(2);
const [sessions = 0, seed = 0] = numbers.map(Number);
const result = work === 'fuzz' ? await fuzz({ sessions, seed }) : await playAll(numbers);
// Whatever a play has left open must not keep the process from ending.
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));

export type Played = {
  readonly id: number;
  readonly group: GroupId;
  readonly title: string;
  readonly status: Status;
  /** How each play of the vector ended; empty for those that are not played here. */
  readonly outcomes: readonly { readonly how: string; readonly kind: Outcome['kind']; readonly error?: string }[];
  /** Whether a test in the editor plays it. */
  readonly inEditor: boolean;
};

/** Plays every vector, or those with the given ids. */
async function playAll(ids: readonly string[]): Promise<readonly Played[]> {
  const servers = await startServers();
  const inEditor = new Set(await editorTests());
  const played: Played[] = [];
  for (const vector of vectors.filter(({ id }) => ids.length === 0 || ids.includes(String(id)))) {
    const outcomes: Played['outcomes'][number][] = [];
    for (const play of plays.filter((one) => one.vector === vector.id)) {
      const outcome = await runPlay(play, servers);
      const error = outcome.kind === 'blocked' ? {} : { error: outcome.error.message };
      outcomes.push({ how: play.how ?? '', kind: outcome.kind, ...error });
    }
    played.push({ ...vector, outcomes, inEditor: inEditor.has(vector.id) });
  }
  await servers.stop();
  return played;
}
