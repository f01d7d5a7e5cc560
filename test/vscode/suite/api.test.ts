import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RingfenceApi, Served } from '../../../src/vscode/api.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { after, before, describe, it } from '../support/suite.ts';

type Cloud = Awaited<ReturnType<typeof startFakeOpenAI>>;

describe('the public API', () => {
  let api: RingfenceApi;
  let ollama: FakeOllama;
  let cloud: Cloud;

  before(async () => {
    ollama = await startFakeOllama({ models: [{ name: 'qwen2.5-coder:1.5b' }], chatAnswer: 'An answer from here.' });
    cloud = await startFakeOpenAI({ models: [{ id: 'far' }] });
    const settings = vscode.workspace.getConfiguration('ringfence');
    const backends = [
      { id: 'ollama', kind: 'ollama', url: ollama.url },
      { id: 'cloud', kind: 'custom', url: `${cloud.url}/v1` },
    ];
    await settings.update('backends', backends, vscode.ConfigurationTarget.Global);
    api = await vscode.extensions.getExtension<RingfenceApi>('ringfence.ringfence')!.activate();
  });

  after(async () => {
    await vscode.workspace
      .getConfiguration('ringfence')
      .update('backends', undefined, vscode.ConfigurationTarget.Global);
    await Promise.all([ollama.stop(), cloud.stop()]);
  });

  it('explains how far a file may go, and by which rule and line', async () => {
    const held = await api.explain(inWorkspace('src/payments/charge.ts'));
    assert.equal(held.reach, 'device');
    assert.deepEqual(held.zones, { device: true, perimeter: false, cloud: false });
    const rule = held.rules.find(({ id }) => id === 'payments');
    assert.equal(rule?.layer, 'workspace');
    assert.ok(rule.line !== undefined && rule.line > 1);
    assert.equal((await api.explain(inWorkspace('src/cart.ts'))).reach, 'cloud');
    assert.equal((await api.explain(inWorkspace('customers/list.csv'))).reach, 'none');
  });

  it('streams an answer from this machine and says who served it', async () => {
    const served = new Promise<Served>((resolve) => {
      const listener = api.onDidServe((event) => {
        listener.dispose();
        resolve(event);
      });
    });
    const answer = api.ask({ prompt: 'Hello?', attach: [inWorkspace('.env')], model: 'ollama/qwen2.5-coder:1.5b' });
    let text = '';
    for await (const piece of answer) text += piece;
    assert.equal(text, 'An answer from here.');
    const { servedBy, dropped } = await answer.result;
    assert.equal(servedBy?.zone, 'device');
    assert.equal(servedBy.where, 'this machine');
    assert.deepEqual(dropped, []);
    assert.equal((await served).model, 'qwen2.5-coder:1.5b');
  });

  it('sends a file without a rule to the cloud, and drops one that is held back', async () => {
    const attach = [inWorkspace('src/cart.ts'), inWorkspace('src/payments/charge.ts'), inWorkspace('.env')];
    const { servedBy, dropped } = await api.ask({ prompt: 'Why?', attach, model: 'cloud/far' }).result;
    assert.equal(servedBy?.zone, 'cloud');
    assert.deepEqual(dropped.map(({ title }) => title).toSorted(), ['.env', 'src/payments/charge.ts']);
    assert.ok(cloud.saw('totalCents'), 'the file without a rule did not arrive');
    for (const secret of await canaries()) assert.ok(!cloud.saw(secret), `${secret} left this machine`);
  });

  it('says what is wrong with a model that makes no sense', async () => {
    assert.match((await api.ask({ prompt: 'x', model: 'nonsense' }).result).error ?? '', /backendId\/model/);
    assert.match((await api.ask({ prompt: 'x', model: 'nowhere/m' }).result).error ?? '', /no backend "nowhere"/);
  });

  it('stops when it is told to, and the server notices', async () => {
    const abort = new AbortController();
    const answer = api.ask({ prompt: 'Hello?', model: 'ollama/qwen2.5-coder:1.5b', signal: abort.signal });
    abort.abort();
    assert.equal((await answer.result).servedBy, undefined);
  });
});

/** Made-up secrets planted in the sample's sensitive files. */
async function canaries(): Promise<readonly string[]> {
  const files = ['.env', 'src/payments/charge.ts', 'customers/list.csv'].map(inWorkspace);
  const texts = await Promise.all(
    files.map(async (file) => new TextDecoder().decode(await vscode.workspace.fs.readFile(file))),
  );
  const found = texts.flatMap((text) => text.match(/CANARY[A-Za-z0-9_]+/g) ?? []);
  assert.ok(found.length >= 2, 'the sample has lost its canaries');
  return found;
}

function inWorkspace(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, path);
}
