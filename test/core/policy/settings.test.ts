import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtInRules } from '../../../src/core/policy/builtIn.ts';
import { defaultSettings, type PolicySettings } from '../../../src/core/policy/settings.ts';
import { compiled, decided, source } from './fixture.ts';

function joined(
  ...files: readonly (readonly [layer: 'managed' | 'user' | 'workspace', fields: object])[]
): PolicySettings {
  return compiled(files.map(([layer, fields], index) => source(fields, { layer, file: `f${index}` }))).settings;
}

describe('settings of several files', () => {
  test('a silent workspace policy says the defaults', () =>
    assert.deepEqual(joined(['workspace', {}]), defaultSettings));

  test('without any policy the defaults hold, within the perimeter', () => {
    assert.deepEqual(joined(), {
      ...defaultSettings,
      unlabelled: { ...defaultSettings.unlabelled, typed: 'perimeter' },
    });
  });

  test('a workspace policy may be looser than the defaults, which others cannot be for it', () => {
    assert.equal(joined(['workspace', { scan: { values: 'off' } }]).scan.values, 'off');
    assert.equal(joined(['workspace', {}], ['user', { scan: { values: 'off' } }]).scan.values, 'block');
  });

  test('the strictest of each setting holds', () => {
    const settings = joined(
      [
        'workspace',
        {
          cloud: { retention: 'allow', dataCollection: 'allow', onOutage: 'auto', monthlyBudgetUsd: 20 },
          scan: { pii: 'warn' },
          unlabelled: { terminal: 'cloud' },
        },
      ],
      [
        'user',
        { cloud: { retention: 'deny', monthlyBudgetUsd: 5 }, scan: { pii: 'redact' }, ledger: { required: true } },
      ],
      [
        'managed',
        {
          cloud: { onOutage: 'never' },
          ledger: { identity: 'user' },
          local: { requireOllamaCloudDisabled: true },
          unlabelled: { terminal: 'perimeter' },
        },
      ],
    );
    assert.deepEqual(settings.cloud, {
      backends: [],
      models: [],
      upstreams: [],
      dataCollection: 'allow',
      retention: 'deny',
      onOutage: 'never',
      monthlyBudgetUsd: 5,
    });
    assert.deepEqual(
      [settings.scan.pii, settings.ledger, settings.local.requireOllamaCloudDisabled],
      ['redact', { required: true, identity: 'user' }, true],
    );
    assert.equal(settings.unlabelled.terminal, 'perimeter');
  });

  test('each file’s list stands for itself', () => {
    const settings = joined(
      ['workspace', { cloud: { backends: ['a', 'b'] } }],
      ['user', { cloud: { backends: ['b'], models: [] } }],
    );
    assert.deepEqual([settings.cloud.backends, settings.cloud.models], [[['a', 'b'], ['b']], [[]]]);
  });
});

describe('the built-in rules', () => {
  test('are the 66 patterns for credentials, and the policy itself', () => {
    const credentials = builtInRules.filter(({ id }) => id !== 'built-in/policy');
    assert.equal(credentials.flatMap(({ files }) => files).length, 66);
  });

  test('hold what they are for, anywhere, in any case', () => {
    const policy = compiled([source({ reach: 'cloud' })]);
    const held = [
      '.env',
      'packages/a/.env.production',
      'prod.env',
      '.envrc',
      '.dev.vars',
      '.flaskenv',
      'local.settings.json',
      'appsettings.Production.json',
      'config/secrets.yml',
      'a.secret',
      'secrets/a/b.txt',
      '.secrets/x',
      'private_keys/x',
      'vault/x',
      '.vault-token',
      'a.pem',
      'a.KEY',
      'a.p12',
      'a.pfx',
      'a.p8',
      'a.jks',
      'a.keystore',
      'a.ppk',
      'id_rsa',
      'home/ID_ED25519',
      'a.gpg',
      'a.asc',
      'a.age',
      '.ssh/config',
      '.aws/credentials',
      '.azure/x',
      'home/.config/gcloud/x',
      '.gnupg/x',
      '.kube/config',
      'kubeconfig.yaml',
      'home/.docker/config.json',
      '.netrc',
      '.git-credentials',
      '.pgpass',
      '.my.cnf',
      '.htpasswd',
      '.npmrc',
      '.yarnrc.yml',
      '.pypirc',
      'home/.gem/credentials',
      'NuGet.Config',
      'a.tfstate',
      'a.tfstate.backup',
      'a.tfvars',
      'a.auto.tfvars.json',
      'service-account-x.json',
      'x-firebase-adminsdk-y.json',
      'credentials.json',
      'apps/web/config/master.key',
      'config/credentials/production.key',
      'config/credentials.yml.enc',
      'wp-config.php',
      'storage/oauth-private.key',
      'a.sqlite',
      'a.sqlite3',
      'a.dump',
      'a.sql.gz',
      'a.har',
      'a.pcap',
      'a.kdbx',
      'a.ovpn',
      'a.rdp',
      '.ringfence.jsonc',
    ];
    for (const file of held) assert.equal(decided(policy, file).reach, 'device', file);
  });

  test('leave templates, public keys and ordinary code alone', () => {
    const policy = compiled([source({ reach: 'cloud' })]);
    const free = [
      '.env.example',
      '.env.sample',
      'a/.env.template',
      '.env.dist',
      'id_rsa.pub',
      'src/environment.ts',
      'src/keys.ts',
      'package.json',
      'docs/secrets.md',
      'src/vault.ts',
      'a.crt',
      'a.csv',
      'config/settings.json',
      'tokens.ts',
    ];
    for (const file of free) assert.equal(decided(policy, file).reach, 'cloud', file);
  });
});
