import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

/** A way to come by text that somebody wrote, and the only files that may use it, each for a reason. */
type Way = { readonly name: string; readonly pattern: RegExp; readonly files: Readonly<Record<string, string>> };

const ways: readonly Way[] = [
  {
    name: 'the text of a document',
    pattern: /\bgetText\b|\.\s*lineAt\b/,
    files: {
      'vscode/reader.ts': 'labels what it reads',
      'vscode/policy/analysis.ts': 'reads the policy itself, for the editor alone',
      'vscode/policy/policyKeep.chunk.ts': 'reads the policy itself, to add a rule',
    },
  },
  {
    name: 'the text of an edit',
    pattern: /\bcontentChanges\b/,
    files: {
      'vscode/completion/completion.chunk.ts': 'counts what becomes of suggestions, in memory',
      'vscode/completion/typing.ts': 'tells keys from other edits',
      'vscode/completion/snippetWatch.ts': 'tells snippets from keys',
      'vscode/completion/codeKnowledge.ts': 'looks whether anything changed',
    },
  },
  {
    name: 'a file, through the editor',
    pattern: /\bfs\s*\.\s*readFile\b|\bfs\s*\[/,
    files: {
      'vscode/reader.ts': 'labels what it reads',
      'vscode/policy/files.ts': 'reads policies',
      'vscode/settings/foreignSettings.ts': 'reads settings of the editor',
    },
  },
  {
    name: 'the clipboard, a terminal, problems and tasks, what language servers know',
    pattern:
      /\.\s*readText\b|\bgetDiagnostics\b|\bonDidChangeDiagnostics\b|\bonDidWriteTerminalData\b|\bshellIntegration\b|'vscode\.execute|\bgetExtension\(\s*['"]vscode\.git/,
    files: {},
  },
  {
    name: 'what the editor carries to other machines',
    pattern: /\bsetKeysForSync\b/,
    files: {},
  },
  {
    name: 'a file, through Node',
    pattern: /\bfrom 'node:fs(?:\/promises)?'/,
    files: {
      'node/readLabelled.ts': 'labels what it reads',
      'node/readPolicyFile.ts': 'reads policies',
      'node/workspacePolicies.ts': 'looks for policies',
      'node/policiesAround.ts': 'looks for policies',
      'node/acknowledgedFiles.ts': 'keeps what the user has acknowledged',
      'node/chatFiles.ts': 'keeps chats',
      'node/ledgerFile.ts': 'keeps the ledger',
      'node/ledgerLease.ts': 'keeps the ledger',
      'node/batteryPower.ts': 'reads what the machine runs on',
      'node/listener.ts': 'reads who listens on a port',
      'node/headStamp.ts': 'reads which commit is checked out',
      'node/identify.ts': 'finds the names of a file',
      'node/resolvePath.ts': 'finds the names of a file',
      'node/hardLinks.ts': 'finds the names of a file',
      'node/walkFiles.ts': 'lists files',
      'node/syntaxTrees.ts': 'loads grammars of the editor',
      'cli/auditVerify.ts': 'reads the ledger; sends nothing',
      'cli/export.ts': 'reads what it wrote before; sends nothing',
      'cli/ledgerFolder.ts': 'finds the ledger; sends nothing',
      'cli/listFiles.ts': 'lists files; sends nothing',
      'cli/version.ts': 'reads its own version; sends nothing',
      'cli/workspace.ts': 'finds the workspace; sends nothing',
    },
  },
];

describe('text that somebody wrote', () => {
  for (const way of ways)
    it(`is read in no other than the known places: ${way.name}`, async () => {
      const reading = (await sources()).filter(({ text }) => way.pattern.test(text)).map(({ file }) => file);
      assert.deepEqual(
        reading.filter((file) => way.files[file] === undefined),
        [],
      );
    });
  it('is read in some: the test sees what it judges', async () => {
    const all = await sources();
    for (const { name, pattern, files } of ways.filter((way) => Object.keys(way.files).length > 0))
      assert.ok(
        all.some(({ file, text }) => files[file] !== undefined && pattern.test(text)),
        name,
      );
  });
  for (const [what, line] of [
    ['a document read past the reader', 'const text = document.getText();'],
    ['a line read past the reader', 'const { text } = editor.document.lineAt(3);'],
    ['a file read past the reader', 'const bytes = await vscode.workspace.fs.readFile(uri);'],
    ['an edit kept', "listen(({ contentChanges }) => contentChanges.map(({ text }) => text).join(''));"],
    ['the clipboard', 'const text = await vscode.env.clipboard.readText();'],
    ['a file read with Node', "import { readFile } from 'node:fs/promises';"],
    ['what a language server knows', "await vscode.commands.executeCommand('vscode.executeDefinitionProvider', uri);"],
  ] as const)
    it(`notices ${what}`, () => assert.ok(ways.some(({ pattern }) => pattern.test(line))));
});

async function sources(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const files = (await readdir('src', { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  const code = files.filter((file) => file.endsWith('.ts'));
  return Promise.all(code.map(async (file) => ({ file, text: await readFile(`src/${file}`, 'utf8') })));
}
