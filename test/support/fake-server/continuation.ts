/** Says `text` when what stands before the cursor ends with `after`. */
export interface ScriptedCompletion {
  readonly after: string;
  readonly text: string;
}

/** What the fake model writes at the cursor: the script with the longest match, else a plain guess from the last line. */
export function continuation(prompt: string, scripts: readonly ScriptedCompletion[]): string {
  const before = textBeforeCursor(prompt);
  const fitting = scripts.filter((script) => before.endsWith(script.after));
  const longest = fitting.toSorted((one, other) => other.after.length - one.after.length)[0];
  if (longest !== undefined) return longest.text;
  return guesses.find((guess) => guess.after.test(before))?.text ?? 'const value = compute();';
}

/** What a chat model says unless a test gives it other words: prose and a code block, so that rendering is exercised. */
export const plainChatAnswer = 'Here is a short answer.\n\n```ts\nconst answer = 42;\n```\n\nThat is all.';

const guesses = [
  { after: /\breturn $/, text: 'value;' },
  { after: /\bimport $/, text: "{ readFile } from 'node:fs/promises';" },
  { after: /\($/, text: 'value)' },
  { after: /=\s?$/, text: ' value;' },
  { after: /[{:]\s*$/, text: '\n  return value;\n' },
] as const;

const fimForms = [
  { prefix: '<|fim_prefix|>', suffix: '<|fim_suffix|>', middle: '<|fim_middle|>' },
  { prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>' },
  { prefix: '<PRE> ', suffix: ' <SUF>', middle: ' <MID>' },
  { prefix: '<｜fim▁begin｜>', suffix: '<｜fim▁hole｜>', middle: '<｜fim▁end｜>' },
  { prefix: '<|code_prefix|>', suffix: '<|code_suffix|>', middle: '<|code_middle|>' },
  { prefix: '<[fim-prefix]>', suffix: '<[fim-suffix]>', middle: '<[fim-middle]>' },
  { prefix: '[PREFIX]', suffix: '[SUFFIX]', middle: '' },
] as const;

/** The text before the cursor out of a fill-in-the-middle prompt in prefix-first or suffix-first order, or all of it. */
export function textBeforeCursor(prompt: string): string {
  for (const form of fimForms) {
    const prefixAt = prompt.lastIndexOf(form.prefix);
    const suffixAt = prompt.lastIndexOf(form.suffix);
    if (prefixAt < 0 || suffixAt < 0) continue;
    const from = prefixAt + form.prefix.length;
    if (suffixAt > prefixAt) return prompt.slice(from, suffixAt);
    const middleAt = form.middle === '' ? -1 : prompt.lastIndexOf(form.middle);
    return prompt.slice(from, middleAt > from ? middleAt : undefined);
  }
  return prompt;
}
