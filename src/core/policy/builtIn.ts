import { readPattern, type Pattern } from './pattern.ts';

/** A rule that is always on, whatever the policy files say. It keeps its files on the device. */
export type BuiltInRule = {
  readonly id: string;
  readonly reason: string;
  readonly files: readonly Pattern[];
  readonly except: readonly Pattern[];
};

/** Credentials, keys and what else has no business on another machine, with the templates that are meant to be shared. */
export const builtInRules: readonly BuiltInRule[] = [
  rule('built-in/env', 'environment files hold secrets', {
    files: [
      '.env',
      '.env.*',
      '*.env',
      '.envrc',
      '.dev.vars',
      '.flaskenv',
      'local.settings.json',
      'appsettings.*.json',
      'secrets.{json,yml,yaml,toml,ini}',
      '*.secret',
    ],
    except: ['.env.{example,sample,template,dist}'],
  }),
  rule('built-in/secret-folders', 'the folder is named as one for secrets', {
    files: ['secrets/', '.secrets/', 'private_keys/', 'vault/', '.vault-token'],
  }),
  rule('built-in/keys', 'private keys and key stores', {
    files: [
      '*.pem',
      '*.key',
      '*.p12',
      '*.pfx',
      '*.p8',
      '*.jks',
      '*.keystore',
      '*.ppk',
      'id_{rsa,dsa,ecdsa,ed25519}',
      '*.gpg',
      '*.asc',
      '*.age',
    ],
    except: ['*.pub'],
  }),
  rule('built-in/credentials', 'credentials of a user account', {
    files: [
      '.ssh/',
      '.aws/',
      '.azure/',
      '**/.config/gcloud/',
      '.gnupg/',
      '.kube/',
      'kubeconfig*',
      '**/.docker/config.json',
      '.netrc',
      '.git-credentials',
      '.pgpass',
      '.my.cnf',
      '.htpasswd',
    ],
  }),
  rule('built-in/package-tokens', 'tokens of package registries', {
    files: ['.npmrc', '.yarnrc.yml', '.pypirc', '**/.gem/credentials', 'nuget.config'],
  }),
  rule('built-in/infrastructure', 'infrastructure state and cloud credentials', {
    files: [
      '*.tfstate',
      '*.tfstate.*',
      '*.tfvars',
      '*.auto.tfvars.json',
      'service-account*.json',
      '*-firebase-adminsdk-*.json',
      'credentials.json',
    ],
  }),
  rule('built-in/framework-secrets', 'secrets of a web framework', {
    files: [
      '**/config/master.key',
      '**/credentials/*.key',
      '*.yml.enc',
      'wp-config.php',
      '**/storage/oauth-private.key',
    ],
  }),
  rule('built-in/data', 'databases, dumps and traffic captures', {
    files: ['*.sqlite', '*.sqlite3', '*.dump', '*.sql.gz', '*.har', '*.pcap'],
  }),
  rule('built-in/vaults', 'password databases and remote access profiles', { files: ['*.kdbx', '*.ovpn', '*.rdp'] }),
  rule('built-in/policy', 'the policy tells where the secrets are', { files: ['.ringfence.jsonc'] }),
];

export const builtInRuleIds: readonly string[] = builtInRules.map(({ id }) => id);

type Files = { readonly files: readonly string[]; readonly except?: readonly string[] };

function rule(id: string, reason: string, { files, except = [] }: Files): BuiltInRule {
  return { id, reason, files: files.map(mustRead), except: except.map(mustRead) };
}

function mustRead(source: string): Pattern {
  const read = readPattern(source);
  if (read.kind === 'invalid') throw new Error(`Built-in pattern ${source}: ${read.message}`);
  return read.pattern;
}
