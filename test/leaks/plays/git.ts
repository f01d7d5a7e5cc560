import type { Play } from '../play.ts';
import { holding, read, readUri } from '../stage/documents.ts';
import { expectCaught, expectFree, expectHeld, expectOpen } from '../stage/expect.ts';
import { made } from './secrets.ts';

export const git: readonly Play[] = [
  {
    vector: 80,
    run: async (stage) => {
      await stage.workspace.write('held/gone.ts', holding(stage.watch.plant()));
      stage.workspace.commitAll();
      await stage.workspace.remove('held');
      stage.workspace.commitAll();
      await stage.noticed();
      const gone = stage.workspace.at('held/gone.ts');
      const uri = `git:${gone}?${JSON.stringify({ path: gone, ref: 'HEAD~1' })}`;
      await expectHeld(stage, await readUri(stage, uri, holding(stage.watch.plant())));
    },
  },
  {
    vector: 81,
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('.env', `TOKEN=${word}\n`);
      stage.values.put('.env', '.env', (await read(stage, '.env')).text);
      await expectCaught(stage, `--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-TOKEN=\n+TOKEN=${word}\n`, word);
      const hunks = `--- a/held/k.ts\n+++ b/held/k.ts\n@@ -1 +1 @@\n-old\n+${stage.watch.plant()}\n`;
      await stage.workspace.write('src/fix.patch', hunks);
      await expectHeld(stage, await read(stage, 'src/fix.patch'));
      await stage.workspace.write('held/a.ts.rej', holding(stage.watch.plant()));
      await stage.workspace.write('.env.rej', holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, 'held/a.ts.rej'));
      await expectHeld(stage, await read(stage, '.env.rej'));
    },
  },
  {
    vector: 83,
    how: 'and the control: what was loosened, committed and accepted goes',
    run: async (stage) => {
      const { workspace } = stage;
      await workspace.write('held/k.ts', holding(stage.watch.plant()));
      workspace.commitAll();
      workspace.git('checkout', '-q', '-b', 'lax');
      await workspace.write('.ringfence.jsonc', '{"version":1,"reach":"cloud","rules":[]}');
      workspace.commitAll();
      await stage.noticed();
      await expectHeld(stage, await read(stage, 'held/k.ts'));
      await expectOpen(stage);
      await stage.policy.accept(stage.policy.current().hash, stage.policy.current().pending);
      const word = stage.watch.plant('cloud');
      await workspace.write('held/free.ts', holding(word));
      await expectFree(stage, await read(stage, 'held/free.ts'), word);
      workspace.git('checkout', '-q', '-f', 'main');
      await stage.noticed();
      await workspace.write('held/again.ts', holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, 'held/again.ts'));
    },
  },
  {
    vector: 84,
    run: async (stage) => {
      const address = made.urlPassword(stage.watch);
      await stage.workspace.write('.git/config', `[remote "origin"]\n\turl = ${address}\n`);
      await expectHeld(stage, await read(stage, '.git/config'));
      await expectCaught(stage, `git clone ${address}`, address);
    },
  },
];
