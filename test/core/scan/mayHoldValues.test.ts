import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayHoldValues } from '../../../src/core/scan/mayHoldValues.ts';

test('values are looked for in settings, keys, tables and credentials', () => {
  for (const name of [
    '.env',
    '.env.production',
    'prod.env',
    '.ENV',
    'secrets.yaml',
    'terraform.tfstate.backup',
    'appsettings.Production.json',
    'application.properties',
    'customers.csv',
    'server.pem',
    'id_rsa',
    'credentials',
    '.netrc',
    '.npmrc',
    'kubeconfig-prod',
    'capture.har',
  ])
    assert.ok(mayHoldValues(name), name);
});

test('and not in code, prose, pictures or the hashes of packages', () => {
  for (const name of [
    'charge.ts',
    'main.py',
    'README.md',
    'logo.png',
    'package-lock.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    'Cargo.lock',
    'go.sum',
    'LICENSE',
    '.gitignore',
    'Makefile',
  ])
    assert.ok(!mayHoldValues(name), name);
});
