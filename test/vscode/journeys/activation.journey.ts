import assert from 'node:assert/strict';
import { defineJourney } from '../support/journey.ts';

/** What the editor itself says of the time that activation took; printed, because no clock on a shared machine is a bar. */
export const journey = defineJourney({
  name: 'activation',
  prepare: async () => ({ open: 'src/cart.ts' }),
  steps: {
    'the editor tells how long loading and activating took': async (workbench) => {
      await workbench.waitForStatus('servedBy', /./);
      await workbench.page.setViewportSize({ width: 1400, height: 3000 });
      await workbench.command('Developer: Startup Performance');
      const row = await workbench.eventually('the row of the extension', async () => {
        const lines = await workbench.page.locator('.view-lines .view-line').allInnerTexts();
        return lines
          .map((line) => line.replaceAll('\u00a0', ' '))
          .find((line) => line.startsWith('| ringfence.ringfence '));
      });
      const [load, call, finish] = row.split('|').slice(3, 6).map(Number);
      assert.ok([load, call, finish].every(Number.isFinite), row);
      console.log(
        `    activation: ${load} ms load + ${call} ms call + ${finish} ms finish (bar: 50 ms in all, on a quiet machine)`,
      );
    },
  },
});
