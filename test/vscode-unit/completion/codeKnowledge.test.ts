import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, type TestContext } from 'node:test';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import { labelled, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { startCodeKnowledge } from '../../../src/vscode/completion/codeKnowledge.ts';
import { EventEmitter, Position, editor, window, workspace } from '../../support/vscode.ts';

const prices = 'export function priceOf(line: Line): number {\n  return line.amount * line.unit;\n}\n';
/** More than goes into a prompt. */
const others = Array.from({ length: 40 }, (_, i) => [
  `other${i}.ts`,
  `export function rate${i}Of(line: Line): number {\n  return line.amount * ${'line.unit + '.repeat(15)}1;\n}\n`,
]);
const using = "import { priceOf } from './prices.ts';\n\nlet total = priceOf(line);\n";

describe('pieces of other files', () => {
  const closed = new EventEmitter();
  const files = new Map<string, string>();
  const found = () => [...files.keys()].map((name) => documentOf(name, '').uri);
  const ofEditor = {
    textDocuments: [] as Document[],
    findFiles: async () => found(),
    onDidCloseTextDocument: closed.event,
  };
  before(() => Object.assign(workspace, ofEditor));
  after(() => {
    for (const name of Object.keys(ofEditor)) Reflect.deleteProperty(workspace, name);
  });
  afterEach(() => {
    files.clear();
    ofEditor.textDocuments.length = 0;
    editor.reset();
  });

  it('are chosen where someone rests, and stay for as long as one types on', async (context) => {
    const play = await start(context);
    assert.match(play.context(), /priceOf/);
    assert.ok(play.chosen.includes('file:///w/use.ts'));
    play.chosen.length = 0;
    play.write('use.ts', `${using}rate33Of(`);
    for (let key = 0; key < 40; key++) {
      play.write('use.ts', `${using}${'x'.repeat(key)}`);
      await play.pass(1_000);
      assert.match(play.context(), /priceOf/);
    }
    assert.equal(play.chosen.length, 0);
    play.stop();
  });
  it('are chosen no second time in the same file within two minutes, however often one rests', async (context) => {
    const play = await start(context);
    play.chosen.length = 0;
    play.write('use.ts', `${using}rate33Of(line);\n`);
    await play.pass(60_000);
    assert.doesNotMatch(play.context(), /rate33Of/);
    play.write('use.ts', `${using}rate33Of(line);\n\n`);
    await play.pass(61_000);
    play.write('use.ts', `${using}rate33Of(line);\n\n\n`);
    await play.pass(2_000);
    assert.match(play.context(), /rate33Of/);
    assert.equal(play.chosen.length, 1);
    play.stop();
  });
  it('are what was written in them just before', async (context) => {
    const play = await start(context);
    play.show('prices.ts');
    await play.pass(2_000);
    play.write('prices.ts', `${prices}\nexport function priceOfAll(lines: Line[]): number {\n  return 0;\n}\n`);
    await play.pass(2_000);
    play.show('use.ts');
    await play.pass(2_000);
    assert.match(play.context(), /priceOfAll/);
    play.stop();
  });
  it('are chosen for a file that one comes to before its prompt is evaluated ahead of need', async (context) => {
    const play = await start(context);
    play.write('prices.ts', `${prices}rate33Of(line);\n`);
    await play.pass(2_000);
    play.chosen.length = 0;
    play.show('prices.ts');
    await play.pass(250);
    assert.deepEqual(play.chosen, ['file:///w/prices.ts']);
    play.stop();
  });
  it('are the same for whoever comes back to a file, whatever they looked at meanwhile', async (context) => {
    const play = await start(context);
    play.write('use.ts', `${using}rate33Of(line);\n`);
    await play.pass(2_000);
    const before = play.context();
    play.chosen.length = 0;
    for (const name of ['prices.ts', 'use.ts', 'prices.ts', 'use.ts']) {
      play.show(name);
      await play.pass(90_000);
    }
    assert.equal(play.context(), before);
    assert.ok(!play.chosen.includes('file:///w/use.ts'));
    play.stop();
  });
  it('are none of a text that has changed, from the key on that changed it', async (context) => {
    const play = await start(context);
    play.show('prices.ts');
    await play.pass(2_000);
    play.write('prices.ts', prices.replace('line.unit', 'line.units'));
    assert.doesNotMatch(play.context(), /priceOf/);
    play.show('use.ts');
    await play.pass(250);
    assert.match(play.context(), /priceOf[^]*line\.units/);
    play.stop();
  });
  it('are none of a file that has changed on disk until it is read again', async (context) => {
    const play = await start(context);
    play.write('use.ts', `${using}rate33Of(line);\n`);
    await play.pass(121_000);
    play.write('use.ts', `${using}rate33Of(line);\n\n`);
    await play.pass(2_000);
    assert.match(play.context(), /rate33Of\(line: Line\)/);
    play.save('other33.ts', 'export function rate33Of(line: Line): number {\n  return 0;\n}\n');
    assert.doesNotMatch(play.context(), /rate33Of\(/);
    await play.pass(2_000);
    assert.match(play.context(), /rate33Of\(line: Line\): number {\n {2}return 0;/);
    play.save('other33.ts', undefined);
    assert.doesNotMatch(play.context(), /rate33Of\(/);
    play.stop();
  });
  it('are what is on disk of a document that was closed without saving', async (context) => {
    const play = await start(context);
    play.show('prices.ts');
    await play.pass(2_000);
    play.write('prices.ts', `${prices}\nexport function priceOfAll(lines: Line[]): number {\n  return 0;\n}\n`);
    await play.pass(2_000);
    play.close('prices.ts');
    play.show('use.ts');
    await play.pass(2_000);
    assert.match(play.context(), /priceOf\(/);
    assert.doesNotMatch(play.context(), /priceOfAll/);
    play.stop();
  });
  it('are there at a key without a document being read', async (context) => {
    const play = await start(context);
    const read = play.read();
    for (let key = 0; key < 100; key++) play.context();
    assert.equal(play.read(), read);
    play.stop();
  });
  it('are none of a document whose names are not known yet', async (context) => {
    const play = await start(context, { ready: (name) => name !== 'prices.ts' });
    play.show('prices.ts');
    await play.pass(3_000);
    play.show('use.ts');
    await play.pass(3_000);
    assert.doesNotMatch(play.context(), /priceOf/);
    play.stop();
  });

  type Document = ReturnType<typeof documentOf>;

  async function start({ mock }: TestContext, { ready = (_name: string): boolean => true } = {}) {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
    const documents = new Map<string, Document>();
    const chosen: string[] = [];
    let reads = 0;
    const open = (name: string, text: string): Document => {
      const document = documentOf(name, text);
      documents.set(name, document);
      ofEditor.textDocuments.push(document);
      editor.fireOpened(document);
      return document;
    };
    for (const [name = '', text = ''] of [['prices.ts', prices], ...others]) files.set(name, text);
    open('prices.ts', prices);
    const document = open('use.ts', using);
    const show = (shown: Document): void => {
      window.activeTextEditor = { document: shown, selection: { active: new Position(0, shown.text.length) } };
      editor.fireActiveEditor(window.activeTextEditor);
    };
    show(document);
    // Of the reader and the documents, what is asked of them; the editor's own types have far more.
    const reader = {
      isReady: ({ name }: Document) => ready(name),
      document: ({ name, text, version }: Document): DocumentSnapshot => {
        reads += 1;
        const language = { languageId: 'typescript', indent: { tabs: false, size: 2 } };
        return { uri: `file:///w/${name}`, display: name, version, text: labelled(text, productLabel), ...language };
      },
      file: async (uri: Document['uri']) => {
        const text = files.get(uri.path.slice('/w/'.length));
        return ready(uri.path.slice('/w/'.length)) && text !== undefined
          ? { uri: uri.toString(), text: labelled(text, productLabel) }
          : undefined;
      },
    };
    const knowledge = startCodeKnowledge({
      reader,
      trees: { load: async () => false, outliner: () => undefined },
      onDidChangeGround: new EventEmitter().event,
      onDidChoose: (uri: string) => void chosen.push(uri),
    } as unknown as Parameters<typeof startCodeKnowledge>[0]);
    const pass = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 250) {
        mock.timers.tick(250);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    // Until all files of the workspace are known.
    await pass(15_000);
    return {
      chosen,
      pass,
      show: (name: string): void => {
        const shown = documents.get(name);
        assert.ok(shown);
        show(shown);
      },
      read: () => reads,
      context: () =>
        knowledge
          .context('file:///w/use.ts', 'device')
          .map(({ text }) => reveal(text))
          .join(''),
      write: (name: string, text: string): void => {
        const written = documents.get(name);
        assert.ok(written);
        Object.assign(written, { text, version: written.version + 1 });
        editor.fireDocument({ document: written, contentChanges: [{ text }] });
      },
      /** Somebody else writes a file, or removes it. */
      save: (name: string, text: string | undefined): void => {
        const { uri } = documentOf(name, '');
        if (text !== undefined) files.set(name, text);
        editor.fireFile(text === undefined ? 'delete' : 'change', uri);
      },
      close: (name: string): void => {
        const shut = documents.get(name);
        assert.ok(shut);
        ofEditor.textDocuments.splice(ofEditor.textDocuments.indexOf(shut), 1);
        closed.fire(shut);
      },
      stop: () => {
        knowledge.dispose();
        mock.timers.reset();
      },
    };
  }
});

function documentOf(name: string, text: string) {
  const uri = { scheme: 'file', path: `/w/${name}`, toString: () => `file:///w/${name}` };
  return { name, text, version: 1, uri, languageId: 'typescript', offsetAt: ({ character }: Position) => character };
}
