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

/** Words of tokenizers that no program text holds by itself; what stands in prompts is broken up before it is sent. */
const controlWord =
  /<\|(?:fim_|file_sep|repo_name|endoftext|end_of_text|im_start|im_end|code_(?:prefix|suffix|middle)|file_separator|cursor|eot_id|user\||assistant\|)|<fim[_-](?:prefix|suffix|middle|pad)>|<(?:file_sep|repo_name|gh_stars|EOT|PRE|SUF|MID|end_of_turn)>|<｜(?:fim▁|end▁of)|<\[(?:fim-|end▁of)|\[(?:PREFIX|SUFFIX|MIDDLE)\]|<\/s>(?=\s*$)/;

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
