import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import type { Receipt } from '../../../src/core/audit/receipt.ts';
import type { PartDecision, Verdict } from '../../../src/core/exchange/verdict.ts';
import { createLedger, defaultLedgerSettings } from '../../../src/egress/ledger/ledger.ts';
import { plainDigest } from '../../../src/node/chainDigest.ts';
import { createLedgerStore } from '../../../src/node/ledgerFile.ts';
import { receipt } from '../../egress/ledger/sample.ts';
import { defineJourney } from '../support/journey.ts';
import { chooseTheme, themes } from '../support/theme.ts';
import type { Workbench } from '../support/workbench.ts';

/** A person looks at a week of work: completions here, questions everywhere, refusals, one part sent after all. */
export const journey = defineJourney({
  name: 'a week in the privacy report',
  prepare: async () => ({
    settings: { 'ringfence.backends': [], 'ringfence.completion.enabled': false },
    open: 'src/cart.ts',
  }),
  steps: {
    'a week of requests is on record': async (workbench) => {
      const folder = path.join(path.dirname(workbench.workspace), 'p/User/globalStorage/ringfence.ringfence/ledger');
      await writeWeek(folder);
      await workbench.command('Ringfence: Show Privacy Report');
      const report = await reportOf(workbench);
      await report
        .getByText(/^1,?\d{3} requests\. 100 of them left this machine, 51 of those for the cloud\./)
        .waitFor();
    },
    'it tells what was refused and what went beyond a rule': async (workbench) => {
      const report = await reportOf(workbench);
      await report.getByText(/1 part went beyond a rule because you agreed to it\./).waitFor();
      await report.getByRole('row', { name: /required-part A part of it may not go there\. 12/ }).waitFor();
      await report.getByRole('row', { name: /no-policy The workspace has no policy\. 4/ }).waitFor();
      await report.getByRole('row', { name: /openrouter\/vendor\/large cloud payments 2\.0 kB/ }).waitFor();
      await report.getByRole('row', { name: /^payments workspace \/src\/payments\/ 13 1 0/ }).waitFor();
    },
    'it can be read in every theme': async (workbench) => {
      for (const [name, theme] of Object.entries(themes)) {
        await chooseTheme(workbench, theme);
        await workbench.webviewFrame(`body.${theme.body} .tiles`);
        await workbench.screenshot(name);
      }
      const report = await reportOf(workbench);
      await report.getByRole('heading', { name: 'Refused' }).scrollIntoViewIfNeeded();
      await workbench.screenshot('below');
      await report.getByText('Controls that this gives evidence for').click();
      await report.getByText('The mapping helps a review').scrollIntoViewIfNeeded();
      await workbench.screenshot('controls');
    },
    'it can be read in a narrow column': async (workbench) => {
      await chooseTheme(workbench, themes.light);
      await workbench.webviewFrame('body.vscode-light .tiles');
      await workbench.page.setViewportSize({ width: 760, height: 900 });
      const report = await reportOf(workbench);
      await report.locator('h1').scrollIntoViewIfNeeded();
      const overflow = await report.evaluate(() => {
        const { scrollWidth, clientWidth } = Reflect.get(globalThis, 'document').documentElement;
        return scrollWidth - clientWidth;
      });
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than its column`);
      await workbench.screenshot('narrow');
      await report.getByRole('heading', { name: 'Backends and models' }).scrollIntoViewIfNeeded();
      await workbench.screenshot('narrow-below');
      await workbench.page.setViewportSize({ width: 1400, height: 900 });
    },
    'the page that is kept says the same': async (workbench) => {
      const report = await reportOf(workbench);
      await report.getByRole('link', { name: 'Save as HTML' }).click();
      const input = workbench.page.locator('.quick-input-widget input[type="text"]');
      await workbench.eventually('a name for the file', async () => (await input.inputValue()).endsWith('.html'));
      const file = path.join(workbench.workspace, path.basename(await input.inputValue()));
      await workbench.press('Enter');
      const html = await workbench.eventually('the file', () => readFile(file, 'utf8').catch(() => undefined));
      for (const wanted of ['SOC 2', 'CC6.1', 'CC6.7', 'A.5.12', 'A.5.13', 'A.5.14', 'A.8.12', 'A.8.15', 'NIST AI RMF'])
        assert.ok(html.includes(wanted), wanted);
      const page = await workbench.page.context().newPage();
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setContent(html);
        await page.screenshot({ path: path.join('out/screenshots', `reportWeek-page-${scheme}.png`), fullPage: true });
      }
      await page.close();
    },
  },
});

function reportOf(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('nav[aria-label="Period"]', 60_000);
}

/** Seven days up to now, in the files that the extension reads. */
async function writeWeek(folder: string): Promise<void> {
  let now = 0;
  const ledger = createLedger({
    store: createLedgerStore(folder),
    digest: plainDigest,
    now: () => now,
    settings: () => ({ ...defaultLedgerSettings, paths: 'plain' }),
  });
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  for (let day = 6; day >= 0; day--) {
    for (const [index, made] of dayOf(day).entries()) {
      now = today - day * dayMs + index * 30_000;
      await ledger.append({ ...made, id: `d${day}-${index}`, at: now });
    }
  }
  await ledger.close();
}

/** One day: the farther back, the fewer completions. */
function dayOf(day: number): readonly Receipt[] {
  const many = (count: number, change: Partial<Receipt>): readonly Receipt[] =>
    Array.from({ length: count }, () => receipt('r', change));
  return [
    ...many(220 - day * 20, completion),
    ...many(20, localChat),
    ...many(7, perimeter),
    ...many(7, cloud),
    ...many(day === 3 ? 12 : 0, withheld),
    ...many(day === 2 ? 4 : 0, noPolicy),
    ...many(day === 1 ? 1 : 0, agreed),
    ...many(day === 1 ? 1 : 0, { ...cloud, verdict: allow('cloud', [kept, held]) }),
    ...many(day === 4 ? 3 : 0, { ...localChat, outcome: { kind: 'aborted' } }),
  ];
}

const rule = { id: 'payments', layer: 'workspace', pattern: '/src/payments/', reach: 'device' } as const;
const kept: PartDecision = { id: 'q', title: 'your message', bytes: 120, decision: 'keep', reach: 'cloud', rules: [] };
const held: PartDecision = {
  id: 'f',
  title: 'src/payments/charge.ts',
  bytes: 2048,
  decision: 'drop',
  reach: 'device',
  rules: [rule],
  why: 'may not leave this machine',
};
const allow = (zone: Verdict['zone'], parts: readonly PartDecision[]): Verdict => ({ kind: 'allow', zone, parts });
const completion: Partial<Receipt> = {
  intent: 'completion',
  model: { backend: 'ollama', model: 'qwen2.5-coder:1.5b' },
  verdict: allow('device', [{ ...kept, title: 'src/cart.ts' }]),
  served: { model: 'qwen2.5-coder:1.5b' },
  usage: { promptTokens: 900, outputTokens: 24 },
  bytesOut: 3600,
};
const localChat: Partial<Receipt> = {
  ...completion,
  intent: 'chat',
  model: { backend: 'ollama', model: 'qwen2.5-coder:7b' },
  served: { model: 'qwen2.5-coder:7b' },
};
const perimeter: Partial<Receipt> = {
  ...localChat,
  model: { backend: 'office', model: 'a-company-model-with-a-rather-long-name:70b-instruct-q8_0' },
  served: { model: 'a-company-model-with-a-rather-long-name:70b-instruct-q8_0' },
  verdict: allow('perimeter', [kept]),
};
const cloud: Partial<Receipt> = {
  ...localChat,
  model: { backend: 'openrouter', model: 'vendor/large' },
  served: { model: 'vendor/large', upstream: 'Vendor' },
  verdict: allow('cloud', [kept]),
  usage: { promptTokens: 2100, outputTokens: 340, costUsd: 0.0041 },
};
const withheld: Partial<Receipt> = {
  ...cloud,
  verdict: {
    kind: 'refuse',
    zone: 'cloud',
    parts: [held, kept],
    cause: { reason: 'required-part', message: 'src/payments/charge.ts may not leave this machine.' },
  },
  outcome: { kind: 'refused' },
  bytesOut: 0,
  usage: {},
};
const noPolicy: Partial<Receipt> = {
  ...withheld,
  verdict: { kind: 'refuse', zone: 'cloud', parts: [], cause: { reason: 'no-policy', message: 'No policy file.' } },
};
const agreed: Partial<Receipt> = {
  ...cloud,
  verdict: allow('cloud', [
    kept,
    { ...held, decision: 'keep', declassified: { id: 'leave', at: 0, preview: 'ab'.repeat(32) } },
  ]),
};
const dayMs = 24 * 60 * 60 * 1000;
