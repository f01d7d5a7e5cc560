import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { labelled, unlabelled } from '../../../src/core/label/labelled.ts';
import { extractValues } from '../../../src/core/scan/extractValues.ts';
import { createValueIndex, type ValueIndex } from '../../../src/core/scan/valueIndex.ts';
import { createValueHash } from '../../../src/node/valueHash.ts';
import { alnum } from './canaries.ts';

const env = `
# database
DB_HOST=db.internal
DB_PORT=5432
DB_USER=application
DB_PASSWORD=CANARYpw83kd!
export API_TOKEN="CANARY-tok en"
#OLD_SECRET=CANARYold-secret
NODE_ENV=production
LOG_LEVEL=verbose-full
PUBLIC_URL=https://www.acme.example/app
DATABASE_URL=postgres://app:CANARY%40url9@db.internal:5432/app
IMAGE=postgres:15.2-alpine
VERSION=2024.11.3
RELEASED=2024-11-03T10:00:00Z
PASSPHRASE=correcthorsebatterystaple
PLACEHOLDER_KEY=<your-key-here>
`;

test('takes from an env file what is secret, not what every project has', () => {
  const values = extractValues(env, '.env');
  for (const value of [
    'CANARYpw83kd!',
    'CANARYold-secret',
    'CANARY%40url9',
    'CANARY@url9',
    'correcthorsebatterystaple',
  ]) {
    assert.ok(values.includes(value), value);
  }
  for (const value of [
    'db.internal',
    'application',
    'production',
    'verbose-full',
    'postgres:15.2-alpine',
    '2024-11-03T10:00:00Z',
    'https://www.acme.example/app',
    '<your-key-here>',
  ]) {
    assert.ok(!values.includes(value), value);
  }
});

test('takes from JSON, YAML, TOML, ini, netrc, pgpass, htpasswd, connection strings, keys and tables', () => {
  const cases: readonly (readonly [name: string, text: string, value: string])[] = [
    [
      'secrets.json',
      '{"service": {"apiKey": "CANARY\\u002d83kdZq0", "n": [{"x": "CANARYnested99"}]}}',
      'CANARY-83kdZq0',
    ],
    ['secrets.json', '{"a": [{"x": "CANARYnested99"}]}', 'CANARYnested99'],
    ['broken.json', '{"apiKey": "CANARY83kdZq0pL",', 'CANARY83kdZq0pL'],
    ['secrets.yml', 'db:\n  password: CANARY83kdZq0 # ours\n', 'CANARY83kdZq0'],
    ['secrets.yml', "tokens:\n  - 'CANARY83kdZq0pL'\n", 'CANARY83kdZq0pL'],
    ['app.toml', '[db]\npassword = "CANARY83kd\\"Zq"\n', 'CANARY83kd"Zq'],
    ['db.ini', '[db]\r\npassword=CANARY83kdZq0\r\n', 'CANARY83kdZq0'],
    ['.netrc', 'machine db login app password CANARY83kd', 'CANARY83kd'],
    ['.pgpass', 'db.internal:5432:app:app:CANARY83kdZq0', 'CANARY83kdZq0'],
    ['.htpasswd', 'admin:$apr1$CANARYab$83kdZq0pLxx', '$apr1$CANARYab$83kdZq0pLxx'],
    ['.npmrc', '//registry.corp/:_authToken=CANARY83kdZq0pL', 'CANARY83kdZq0pL'],
    ['web.config', 'Server=db;User Id=sa;Password=CANARY83kd!;Encrypt=true', 'CANARY83kd!'],
    ['id_rsa', `-----BEGIN RSA PRIVATE KEY-----\n${alnum(64)}\n-----END RSA PRIVATE KEY-----`, alnum(64)],
    ['customers.csv', 'name;mail;account\nRoe;jane.roe@canary-mail.io;4790123456', 'jane.roe@canary-mail.io'],
    ['customers.csv', 'name;mail;account\nRoe;jane.roe@canary-mail.io;4790123456', '4790123456'],
  ];
  for (const [name, text, value] of cases) assert.ok(extractValues(text, name).includes(value), `${name}: ${value}`);
});

function indexOf(files: Readonly<Record<string, string>>): ValueIndex {
  const index = createValueIndex(createValueHash());
  for (const [name, text] of Object.entries(files)) index.put(name, name, labelled(text, unlabelled));
  return index;
}

test('finds a value wherever it is pasted, and says from which file', () => {
  const index = indexOf({ '.env': env });
  const text = 'why does login with CANARYpw83kd! fail?';
  assert.deepEqual(index.find(text), [
    { rule: 'sensitive-value', kind: 'value', title: 'value from .env', confidence: 'high', start: 20, end: 33 },
  ]);
});

test('finds a part of a long key', () => {
  const key = alnum(300);
  const index = indexOf({ 'server.key': `key = ${key}` });
  assert.ok(index.find(`x ${key.slice(30, 130)} y`).length > 0);
});

test('a short value counts only by itself', () => {
  const index = indexOf({ '.env': 'PASSWORD=canary42' });
  assert.equal(index.find('is it canary42?').length, 1);
  assert.equal(index.find('const canary42s = 1; mycanary42').length, 0);
});

test('forgets a file that is removed, and the old values of one that changed', () => {
  const index = indexOf({ '.env': 'TOKEN=CANARYfirst1', 'b.env': 'TOKEN=CANARYother2' });
  index.put('.env', '.env', labelled('TOKEN=CANARYsecond3', unlabelled));
  index.remove('b.env');
  const found = ['CANARYfirst1', 'CANARYsecond3', 'CANARYother2'].map((value) => index.find(`"${value}"`).length);
  assert.deepEqual([found, index.size()], [[0, 1, 0], 1]);
});

test('finds every value at every place, and nothing in other text', () => {
  const index = createValueIndex(createValueHash());
  const value = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcXYZ0123456789-_'.split('')) });
  fc.assert(
    fc.property(value, fc.string({ maxLength: 50 }), fc.string({ maxLength: 50 }), (secret, before, after) => {
      index.put('f', 'f', labelled(`password=${secret}`, unlabelled));
      fc.pre(index.size() > 0);
      const text = `${before} ${secret} ${after}`;
      assert.ok(
        index
          .find(text)
          .some(({ start, end }) => start <= before.length + 1 && end >= before.length + 1 + secret.length),
      );
      const other = text.replace(secret, Array.from(secret).toReversed().join('!'));
      assert.ok(
        index
          .find(other)
          .every(({ start, end }) => extractValues(`password=${secret}`, 'f').includes(other.slice(start, end))),
      );
    }),
  );
});

test('keeps no value, only hashes of it', () => {
  const seen: string[] = [];
  const index = createValueIndex({ ...createValueHash(), hash: (text) => (seen.push(text), 'h') });
  index.put('.env', '.env', labelled('PASSWORD=CANARYpw83kd!', unlabelled));
  assert.deepEqual(seen, ['CANARYpw83kd!']);
  assert.ok(!JSON.stringify(index).includes('CANARY'));
});
