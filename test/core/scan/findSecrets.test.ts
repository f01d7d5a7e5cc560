import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecrets } from '../../../src/core/scan/findSecrets.ts';
import { secretRules } from '../../../src/core/scan/secretRules.ts';
import { alnum, canaryTokens, hex } from './canaries.ts';

const rulesIn = (text: string): readonly string[] => findSecrets(text).map((finding) => finding.rule);

test('every rule has a canary, and finds it wherever it stands', () => {
  const covered = new Set(canaryTokens.map(([rule]) => rule));
  assert.deepEqual(
    secretRules.map((rule) => rule.id).filter((id) => !covered.has(id)),
    [],
  );
  for (const [rule, token] of canaryTokens) {
    for (const text of [token, `KEY=${token}\n`, `const key = "${token}";`, `see <${token}>, please`, `\\n${token}`]) {
      if (token.startsWith('?') && text.startsWith('\\n')) continue;
      assert.ok(rulesIn(text).includes(rule), `${rule} in ${text}`);
    }
  }
});

test('says exactly where the token stands', () => {
  const token = `ghp_${alnum(36)}`;
  const [finding] = findSecrets(`a ${token} b`);
  assert.deepEqual(finding, {
    rule: 'github-token',
    kind: 'secret',
    title: 'GitHub token',
    confidence: 'high',
    start: 2,
    end: 2 + token.length,
  });
});

test('a token that lacks its end is none', () => {
  for (const [rule, token] of canaryTokens) {
    const start = secretRules.find(({ id, starts }) => id === rule && starts.some((part) => token.includes(part)));
    const literal = start?.starts.find((part) => token.includes(part)) ?? '';
    const cut = token.slice(0, token.indexOf(literal) + literal.length + 7);
    assert.ok(!rulesIn(`"${cut}"`).includes(rule), `${rule} in ${cut}`);
  }
});

test('a placeholder in the form of a token is none', () => {
  for (const text of [
    `ghp_${'x'.repeat(36)}`,
    'ghp_your-token-here-please-replace-it-now00',
    'AKIAIOSFODNN7EXAMPLE',
    `sk-proj-${'0'.repeat(60)}`,
    'sk-ant-api03-${ANTHROPIC_KEY}',
    `npm_${'abcdefghij'.repeat(4).slice(0, 36)}`,
    'glpat-<your-token>',
    'xoxb-your-slack-bot-token-here',
    'sk_live_...............................',
  ]) {
    assert.deepEqual(rulesIn(text), [], text);
  }
});

test('the beginning of a token within a word is none', () => {
  for (const text of [`task-${alnum(40)}`, `xghp_${alnum(36)}`, `my_npm_${alnum(36)}`, `desk-proj-${alnum(60)}`]) {
    const found = findSecrets(text).filter((finding) => finding.confidence === 'high');
    assert.deepEqual(found, [], text);
  }
});

const pem = (kind: string, body: string, feed = '\n'): string =>
  [`-----BEGIN ${kind}PRIVATE KEY-----`, body, `-----END ${kind}PRIVATE KEY-----`].join(feed);

test('private keys of every kind, with real and written line ends, and within code', () => {
  const body = `${alnum(64)}\n${alnum(64)}`;
  for (const kind of ['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED ']) {
    assert.deepEqual(rulesIn(pem(kind, body)), ['private-key'], kind);
  }
  assert.deepEqual(rulesIn(pem('', body.replace('\n', '\\n'), '\\n')), ['private-key']);
  assert.deepEqual(rulesIn(pem('RSA ', body, '\r\n')), ['private-key']);
  assert.deepEqual(rulesIn(`'-----BEGIN PRIVATE KEY-----\\n' +\n  '${alnum(64)}\\n' +`), ['private-key']);
  const encrypted = `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${hex(32)}\n\n${alnum(64)}`;
  assert.deepEqual(rulesIn(pem('RSA ', encrypted)), ['private-key']);
  assert.deepEqual(rulesIn(`-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${alnum(64)}\n-----END`), ['private-key']);
  const putty = `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 2\nAAAA\nPrivate-Lines: 1\n`;
  assert.deepEqual(rulesIn(putty), ['private-key']);
});

test('code that only names the header, a public key and a certificate are no private key', () => {
  for (const text of [
    `if (text.startsWith('-----BEGIN PRIVATE KEY-----')) return parse(text);`,
    pem('', '...'),
    `const header = '-----BEGIN RSA PRIVATE KEY-----';\nconst footer = '-----END RSA PRIVATE KEY-----';`,
    `-----BEGIN PUBLIC KEY-----\n${alnum(64)}\n-----END PUBLIC KEY-----`,
    `-----BEGIN CERTIFICATE-----\n${alnum(64)}\n-----END CERTIFICATE-----`,
  ]) {
    assert.deepEqual(rulesIn(text), [], text);
  }
});

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a signed token is found; an unsigned one and the sample of the manuals only warn', () => {
  const head = base64url({ alg: 'HS256', typ: 'JWT' });
  const real = `${head}.${base64url({ sub: 'CANARY', role: 'admin' })}.${alnum(43)}`;
  const sample = `${head}.${base64url({ sub: '1234567890', name: 'John Doe' })}.${alnum(43)}`;
  const unsigned = `${base64url({ alg: 'none' })}.${base64url({ sub: 'CANARY' })}.`;
  const levels = [real, sample, unsigned].map((text) =>
    findSecrets(text).map(({ rule, confidence }) => [rule, confidence]),
  );
  assert.deepEqual(levels, [[['jwt', 'high']], [['jwt', 'low']], [['jwt', 'low']]]);
  assert.deepEqual(findSecrets('eyJhbGciOiJub3RhdG9rZW4.eyJub3RoaW5n.zzzz'), []);
});

test('passwords in addresses: a real one blocks, a development one warns, a placeholder is none', () => {
  const level = (text: string): string | undefined =>
    findSecrets(text).find((finding) => finding.rule === 'url-password')?.confidence;
  assert.equal(level('postgres://app:CANARYpw-83kd@db.internal.corp:5432/app'), 'high');
  assert.equal(level('amqp://svc:CANARY%40pw9@mq.corp'), 'high');
  assert.equal(level('postgres://app:CANARYpw-83kd@localhost:5432/app'), 'low');
  assert.equal(level('mysql://root:root@10.0.0.3/db'), undefined);
  assert.equal(level('mysql://shop:shop@10.0.0.3/db'), 'low');
  for (const text of [
    'postgres://user:password@host/db',
    'https://user:${PASSWORD}@host.corp/',
    'redis://:<password>@cache.corp',
    'https://example.com:8080/a@b',
    'git+https://github.com/a/b@v1',
    'http://u:your-password@host',
    'https://user:hunter2@example.com',
  ]) {
    assert.equal(level(text), undefined, text);
  }
});

test('assignments of random values to secret names warn, and the AWS secret key blocks', () => {
  const level = (text: string): readonly string[] =>
    findSecrets(text).map(({ rule, confidence }) => `${rule} ${confidence}`);
  assert.deepEqual(level('DB_PASSWORD=CANARY83kdZq0'), ['secret-assignment low']);
  assert.deepEqual(level('{"client_secret": "CANARY83kdZq0pL"}'), ['secret-assignment low']);
  assert.deepEqual(level("apiKey: 'CANARY83kdZq0pL',"), ['secret-assignment low']);
  assert.deepEqual(level(`aws_secret_access_key = ${alnum(40)}`), ['aws-secret-key high']);
  for (const text of [
    'const token = await readToken2(settings.name);',
    'password: string;',
    "const password = 'correct horse';",
    'token = tokens[index2].value0;',
    'export const tokenTypes = defineTokens100(scope);',
    'secret: process.env.SECRET_KEY_2,',
    'passwordHash: sha256(input1 + salt2)',
    'key: "settings.sidebar.section2.title"'.replace('2', ''),
  ]) {
    assert.deepEqual(level(text), [], text);
  }
});
