import assert from 'node:assert/strict';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { defineJourney } from '../support/journey.ts';

/** A person reloads the window in the middle of an answer from the cloud: what was sent by then is on record all the same. */
export const journey = defineJourney({
  name: 'ledger after a reload',
  prepare: async () => {
    const cloud = await startFakeOpenAI({
      models: [{ id: 'far-model' }],
      answer: () => 'Beginning of an answer that goes on for long.',
      behaviour: ({ path }) =>
        path.endsWith('/chat/completions') ? { ending: { kind: 'stall', afterTokens: 3 } } : undefined,
    });
    return {
      cloud,
      settings: {
        'ringfence.backends': [{ id: 'far', kind: 'custom', url: cloud.baseURL }],
        'ringfence.chat.model': 'far/far-model',
        'ringfence.completion.enabled': false,
      },
      open: 'src/cart.ts',
      stop: cloud.stop,
    };
  },
  steps: {
    'an answer begins': async (workbench, { cloud }) => {
      await workbench.command('Ringfence: Ask Ringfence');
      const panel = await workbench.webviewFrame('textarea[aria-label="Ask Ringfence"]', 60_000);
      await panel.getByRole('textbox', { name: 'Ask Ringfence' }).fill('How do I add two numbers?');
      await panel.getByRole('button', { name: 'Send', exact: true }).click();
      await panel
        .getByText(/Beginning of/)
        .first()
        .waitFor();
      assert.ok(cloud.saw('How do I add'));
    },
    'the window is reloaded at once, and the request is on record': async (workbench) => {
      const old = await workbench.page.evaluateHandle(() => Reflect.set(globalThis, 'ringfenceOldWindow', true));
      await old.dispose();
      await workbench.command('Developer: Reload Window');
      await workbench.eventually('a new window', () =>
        workbench.page.evaluate(() => Reflect.get(globalThis, 'ringfenceOldWindow') === undefined).catch(() => false),
      );
      await workbench.waitForStatus('servedBy', /./, 120_000);
      await workbench.command('Ringfence: Show Privacy Report');
      const report = await workbench.webviewFrame('nav[aria-label="Period"]', 60_000);
      await report.getByText(/1 request\. 1 of them left this machine, 1 of those for the cloud\./).waitFor();
    },
    'the chain is whole': async (workbench) => {
      await workbench.command('Ringfence: Verify Ledger');
      await workbench.eventually('the verdict', async () =>
        (await workbench.notifications()).some((text) => /The ledger is intact: \d+ records\./.test(text)),
      );
    },
  },
});
