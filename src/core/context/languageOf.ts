/** The language id of a file by its name, as the editor would say it; `plaintext` for every other. */
export function languageOf(path: string): string {
  return languages.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? 'plaintext';
}

const languages: ReadonlyMap<string, string> = new Map([
  ...['ts', 'mts', 'cts'].map((ending) => [ending, 'typescript'] as const),
  ...['js', 'mjs', 'cjs'].map((ending) => [ending, 'javascript'] as const),
  ['tsx', 'typescriptreact'],
  ['jsx', 'javascriptreact'],
  ['py', 'python'],
  ['go', 'go'],
  ['rs', 'rust'],
  ['java', 'java'],
  ['kt', 'kotlin'],
  ...['c', 'h'].map((ending) => [ending, 'c'] as const),
  ...['cc', 'cpp', 'cxx', 'hpp', 'hh'].map((ending) => [ending, 'cpp'] as const),
  ['cs', 'csharp'],
  ['php', 'php'],
  ['rb', 'ruby'],
  ['sh', 'shellscript'],
  ['sql', 'sql'],
  ['swift', 'swift'],
  ['scala', 'scala'],
  ['vue', 'vue'],
  ['svelte', 'svelte'],
  ['css', 'css'],
  ['scss', 'scss'],
  ['html', 'html'],
]);
