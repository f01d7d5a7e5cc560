import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RingfenceApi } from '../../../src/vscode/api.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { after, before, describe, it } from '../support/suite.ts';

describe('another extension', () => {
  let cloud: Awaited<ReturnType<typeof startFakeOpenAI>>;
  let api: RingfenceApi;

  before(async () => {
    cloud = await startFakeOpenAI({ models: [{ id: 'far' }] });
    const backends = [{ id: 'cloud', kind: 'custom', url: cloud.baseURL }];
    await vscode.workspace
      .getConfiguration('ringfence')
      .update('backends', backends, vscode.ConfigurationTarget.Global);
    api = await vscode.extensions.getExtension<RingfenceApi>('ringfence.ringfence')!.activate();
  });

  after(async () => {
    await vscode.workspace
      .getConfiguration('ringfence')
      .update('backends', undefined, vscode.ConfigurationTarget.Global);
    await cloud.stop();
  });

  it('cannot have a sensitive file read for it, by no name of it (vector 168)', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const spellings = ['.env', './src/../.env', 'src/payments/charge.ts', 'customers/list.csv'];
    const attach = spellings.map((name) => vscode.Uri.joinPath(folder.uri, name));
    const { dropped } = await api.ask({ prompt: 'What is in these?', attach, model: 'cloud/far' }).result;
    assert.equal(dropped.length, attach.length);
    assert.ok(cloud.saw('What is in these?'), 'the question went');
    assert.ok(!cloud.saw('CANARY_PAYMENTS_FILE') && !cloud.saw('CANARY_ENV_BANK_KEY'), 'a file left this machine');
  });
});
