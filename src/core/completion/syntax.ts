/** The mark that starts a line comment in a language, `//` where nothing else is known. */
export function commentLeader(languageId: string): string {
  return leaders[languageId] ?? '//';
}

/** Whether blocks of this language are made by indentation alone. */
export function indentsBlocks(languageId: string): boolean {
  return (
    languageId === 'python' || languageId === 'yaml' || languageId === 'dockercompose' || languageId === 'coffeescript'
  );
}

/** Whether a line ends in something that opens a block: a bracket, a colon where colons do, an arrow, `do`, `then`. */
export function opensBlock(line: string, languageId: string): boolean {
  const code = line.trimEnd();
  if (/[{([]$|=>$/.test(code)) return true;
  if (indentsBlocks(languageId) && code.endsWith(':')) return true;
  return wordOpeners[languageId]?.test(code) ?? false;
}

/** Whether a line holds closers only, so that it ends a block and says nothing of its own. */
export function closesBlock(line: string): boolean {
  return /^\s*(?:[)\]}]+[;,]*|end|fi|done|esac|<\/[\w.:-]+>)\s*$/.test(line);
}

const hash = [
  'python',
  'ruby',
  'shellscript',
  'yaml',
  'toml',
  'perl',
  'r',
  'makefile',
  'dockerfile',
  'elixir',
  'coffeescript',
  'powershell',
  'properties',
  'ini',
  'julia',
  'dockercompose',
];
const dashes = ['sql', 'lua', 'haskell', 'elm'];
const leaders: Readonly<Record<string, string>> = {
  ...Object.fromEntries(hash.map((id) => [id, '#'])),
  ...Object.fromEntries(dashes.map((id) => [id, '--'])),
  html: '<!--',
  xml: '<!--',
  markdown: '<!--',
  css: '/*',
  latex: '%',
  clojure: ';',
  lisp: ';',
};

const wordOpeners: Readonly<Record<string, RegExp>> = {
  ruby: /^\s*(?:def|class|module|if|unless|while|until|case|begin|else|elsif|when)\b(?!.*\bend$)|\bdo(?:\s*\|[^|]*\|)?$/,
  shellscript: /(?:\bthen|\bdo|\belse|\bin)$/,
  lua: /(?:\bthen|\bdo|\belse|\brepeat|\bfunction\b.*\))$/,
  elixir: /\bdo$/,
  html: /<[a-z][\w-]*(?:\s[^<>]*)?>$/i,
  sql: /\b(?:begin|select|from|where|set|values)$/i,
};
