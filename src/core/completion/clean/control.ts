import type { Place } from './place.ts';

/** What is left without control words. `held`: reasoning has begun and not ended. `ended`: a control word ended the text. */
export type Controlled = { readonly text: string; readonly held: boolean; readonly ended: boolean };

/**
 * Takes away reasoning, code fences and everything from the first control word on. Where control words stand in the code
 * around the cursor they are its subject, and an answer may hold them too.
 */
export function dropControl(raw: string, { languageId, head, above, below }: Place): Controlled {
  const thought = dropReasoning(raw);
  if (thought === undefined) return { text: '', held: true, ended: false };
  const subject = [head, ...above, ...below].some((line) => controlWord.test(line));
  const at = subject ? -1 : thought.search(controlWord);
  const text = at < 0 ? thought : thought.slice(0, at);
  const fenced = languageId === 'markdown' ? { text, ended: false } : dropFences(text);
  return { text: fenced.text, held: false, ended: at >= 0 || fenced.ended };
}

/**
 * Words of tokenizers that no program text holds by itself; what stands in prompts is broken up before it is sent. Those that
 * code does hold count only where it would not: a bracket that follows no name, an end tag at the very end.
 */
const controlWord = new RegExp(
  [
    String.raw`<\|(?:fim_|file_sep|repo_name|endoftext|end_of_text|im_start|im_end|code_(?:prefix|suffix|middle))`,
    String.raw`<\|(?:file_separator|cursor|eot_id|(?:start|end)_of_role|(?:user|assistant|system|observation|EOT)\|)`,
    String.raw`<fim[_-](?:prefix|suffix|middle|pad)>|<(?:file_sep|repo_name|reponame|gh_stars)>`,
    String.raw`<(?:EOT|EOD|PRE|SUF|MID|bos|eos|(?:start|end)_of_turn)>`,
    String.raw`<｜(?:fim▁|(?:begin|end)▁of)|<\[(?:fim-|(?:begin|end)▁of|PAD▁|SEP▁)`,
    String.raw`(?<![\w\]])\[(?:PREFIX|SUFFIX|MIDDLE|\/?INST)\]|(?<![ \t"'\x60(])<filename>|<\/s>(?=\s*$)`,
  ].join('|'),
);

function dropReasoning(raw: string): string | undefined {
  const open = /^\s*<think(?:ing)?>/.exec(raw);
  if (!open) return raw;
  const close = /<\/think(?:ing)?>\n*/.exec(raw);
  return close ? raw.slice(close.index + close[0].length) : undefined;
}

/** An answer wrapped in a fence loses it; a fence that begins later ends the answer. */
function dropFences(text: string): { text: string; ended: boolean } {
  const open = /^\s*```[\w+#.-]*[ \t]*\n/.exec(text);
  const inner = open ? text.slice(open[0].length) : text;
  const at = inner.search(/(?:^|\n)[ \t]*```/);
  return at < 0 ? { text: inner, ended: false } : { text: inner.slice(0, at), ended: true };
}
