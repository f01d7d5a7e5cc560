/**
 * Whether a file of that name holds values rather than code or prose: settings, keys, tables, credentials. Only in such files
 * is a value taken for one that would be recognised elsewhere; names and numbers of code stand in many places.
 */
export function mayHoldValues(name: string): boolean {
  const lower = name.toLowerCase();
  if (locks.test(lower)) return false;
  if (settings.test(lower)) return true;
  const dot = lower.lastIndexOf('.');
  // `credentials`, `id_rsa`, `.netrc`: what has no ending, or is all ending.
  return dot <= 0 ? !projectFiles.has(lower) : endings.has(lower.slice(dot + 1));
}

/** `.env.production`, `secrets.yml.bak`, `terraform.tfstate.backup`. */
const settings = /(?:^|\.)(?:env|envrc|secrets?|tfstate|tfvars|npmrc|kubeconfig)(?:\.|$)|^kubeconfig/;

/** Hashes of packages: many, irregular and public. */
const locks = /(?:^|[.-])lock(?:\.|$)|lock\.(?:json|ya?ml|toml)$|^go\.sum$/;

const endings: ReadonlySet<string> = new Set(
  `ini cfg conf config cnf properties props toml yaml yml json jsonc json5 jsonl ndjson ipynb hcl plist xml pem key p8 ppk asc
  csv tsv tab psv txt dat sql dump har http rest reg rdp ovpn log credentials netrc pgpass htpasswd settings`.split(
    /\s+/,
  ),
);

/** Without an ending and without values, in nearly every project. */
const projectFiles: ReadonlySet<string> = new Set(
  'license licence readme changelog authors codeowners makefile copying notice .gitignore .gitattributes .gitkeep .editorconfig .prettierignore .dockerignore .npmignore .vscodeignore'.split(
    ' ',
  ),
);
