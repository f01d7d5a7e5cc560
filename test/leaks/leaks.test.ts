import { after, before, describe, it } from 'node:test';
import { vectors } from './matrix.ts';
import { groups } from './matrix/vector.ts';
import { runPlay } from './play.ts';
import { plays } from './plays.ts';
import { startServers, type Servers } from './stage/servers.ts';

describe('no vector leaks', () => {
  let servers: Servers;
  before(async () => {
    servers = await startServers();
  });
  after(() => servers.stop());

  for (const { id, group, title } of vectors)
    for (const play of plays.filter(({ vector }) => vector === id))
      it(`${group} ${groups[group]}: ${id} ${title}${play.how === undefined ? '' : `, ${play.how}`}`, async () => {
        const outcome = await runPlay(play, servers);
        if (outcome.kind !== 'blocked') throw outcome.error;
      });
});
