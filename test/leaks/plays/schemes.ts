import type { Play } from '../play.ts';
import { holding, read, readUri } from '../stage/documents.ts';
import { expectFree, expectHeld } from '../stage/expect.ts';
import type { Stage } from '../stage/stage.ts';

const remote = 'vscode-remote://ssh-remote%2Bbuild01';

/** Documents that are no plain files: `$` stands for the absolute path of a held file, `@` for that of an ordinary one. */
const heldUris: Readonly<Record<number, readonly string[]>> = {
  48: [
    'git:$?{"path":"$","ref":"HEAD"}',
    'git:$?%7B%22path%22%3A%22$%22%2C%22ref%22%3A%22~%22%7D',
    'git:@?{"path":"$","ref":"HEAD"}',
    'git:$.git?{"path":"$","ref":""}',
  ],
  49: ['gitlens://1a2b$?ref', 'pr:$', 'review:$', 'gitfs:$', 'scm-history-item:$', 'gitlens:@'],
  50: ['vscode-notebook-cell:$#W0sZmlsZQ%3D%3D', 'vscode-notebook-cell:/tmp/elsewhere.ipynb#W0'],
  51: ['vscode-notebook-cell-output:$?openIn%3Deditor', 'vscode-notebook-cell-output:$#ch1'],
  52: ['output:extension-output-acme.build-%231-Build', 'output:tasks'],
  53: ['search-editor:#0.5', 'search-editor:/w/a.code-search'],
  54: ['vscode-userdata:/User/settings.json', 'vscode-settings://schema', 'vscode-userdata:/User/keybindings.json'],
  55: [
    'vscode-local-history:$',
    `${remote}/outside/a.ts`,
    'vscode-vfs://github/owner/repo/a.ts',
    'vsls:/a.ts',
    'memfs:/a.ts',
    'ssh://host/a.ts',
    'sftp://host/a.ts',
    'jdt://contents/rt.jar/A.class',
    'interactive:/a.ts',
    'chat-editing-text-model:/a.ts',
    'chat-editing-text-model:@',
    'vscode-chat-code-block:/a',
    'comment:/a',
    'FILE2:@',
  ],
  57: ['merge-conflict.conflict-diff:$', 'merge-conflict.conflict-diff:@', 'merge-editor:/a'],
  59: ['vscode://schemas/settings/user', 'vscode:/x', 'json-schema:/x', 'class:/java/lang/String.class'],
  60: ['debug:internal/a.js?session=1&ref=2', 'debug:$', 'vscode-debug:/repl'],
};

export const schemes: readonly Play[] = [
  ...Object.entries(heldUris).map(([vector, uris]): Play => ({
    vector: Number(vector),
    options: { files: { 'held/k.ts': '', 'src/plain.ts': 'export {};\n' } },
    run: async (stage) => {
      for (const uri of uris)
        await expectHeld(stage, await readUri(stage, spelled(stage, uri), holding(stage.watch.plant())));
    },
  })),
  {
    vector: 48,
    how: 'while the committed side of an ordinary file does go',
    run: async (stage) => {
      const word = stage.watch.plant('cloud');
      await expectFree(
        stage,
        await readUri(stage, spelled(stage, 'git:@?{"path":"@","ref":"HEAD"}'), holding(word)),
        word,
      );
      await expectFree(stage, await readUri(stage, spelled(stage, 'vscode-notebook-cell:@#W0'), holding(word)), word);
    },
  },
  {
    vector: 54,
    how: 'as plain files of the profile',
    run: async (stage) => {
      await stage.workspace.write('../user-data/User/settings.json', `{"token":"${stage.watch.plant()}"}`);
      await expectHeld(stage, await read(stage, '../user-data/User/settings.json'));
    },
  },
  {
    vector: 56,
    run: async (stage) => {
      for (const file of ['data/app.sqlite', 'keys/app.keystore', 'held/table.hex']) {
        await stage.workspace.write(file, holding(stage.watch.plant()));
        await expectHeld(stage, await read(stage, file));
      }
    },
  },
];

function spelled({ workspace }: Stage, uri: string): string {
  return uri.replaceAll('$', workspace.at('held/k.ts')).replaceAll('@', workspace.at('src/plain.ts'));
}
