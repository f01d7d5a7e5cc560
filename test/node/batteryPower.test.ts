import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { isOnBattery } from '../../src/node/batteryPower.ts';

type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>;

const discharging = { type: 'Battery', status: 'Discharging' };

describe('isOnBattery', () => {
  const machines: readonly (readonly [what: string, supplies: Supplies, answer: boolean])[] = [
    ['a laptop without its cable', { AC: { type: 'Mains', online: '0' }, BAT0: discharging }, true],
    ['a laptop with one', { AC: { type: 'Mains', online: '1' }, BAT0: { type: 'Battery', status: 'Charging' } }, false],
    ['one that draws more than its USB cable gives', { ucsi: { type: 'USB', online: '1' }, BAT0: discharging }, false],
    ['a full battery', { AC: { type: 'Mains', online: '1' }, BAT0: { type: 'Battery', status: 'Full' } }, false],
    ['a desktop with a wireless mouse', { mouse: { ...discharging, scope: 'Device' } }, false],
    ['a machine without supplies', {}, false],
  ];
  for (const [what, supplies, answer] of machines)
    it(`is ${answer} on ${what}`, async () => assert.equal(await withSupplies(supplies), answer));
  it('is false where the system tells nothing', async () =>
    assert.equal(
      await isOnBattery({ platform: 'linux', supplies: path.join(tmpdir(), 'no-such-power-supply') }),
      false,
    ));
  const reports: readonly (readonly [report: string, answer: boolean])[] = [
    [
      "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t71%; discharging; 3:10 remaining present: true",
      true,
    ],
    ["Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t100%; charged; 0:00 remaining present: true", false],
    ["Now drawing from 'AC Power'", false],
    ['', false],
  ];
  for (const [report, answer] of reports)
    it(`is ${answer} where macOS reports "${report.slice(0, 32)}"`, async () =>
      assert.equal(await withReport(report), answer));
  it('is false where macOS has no such program', async () =>
    assert.equal(await isOnBattery({ platform: 'darwin', pmset: path.join(tmpdir(), 'no-such-pmset') }), false));
});

async function withSupplies(supplies: Supplies): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'power-'));
  try {
    for (const [name, facts] of Object.entries(supplies)) {
      mkdirSync(path.join(folder, name));
      for (const [fact, value] of Object.entries(facts)) writeFileSync(path.join(folder, name, fact), `${value}\n`);
    }
    return await isOnBattery({ platform: 'linux', supplies: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function withReport(report: string): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'power-'));
  try {
    const pmset = path.join(folder, 'pmset');
    writeFileSync(path.join(folder, 'report'), report);
    writeFileSync(pmset, '#!/bin/sh\n[ "$*" = "-g batt" ] && cat "$(dirname "$0")/report"\n');
    chmodSync(pmset, 0o755);
    return await isOnBattery({ platform: 'darwin', pmset });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
