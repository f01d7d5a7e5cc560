import { cleanFragment } from './clean.ts';
import { createCodeBlock, type CodeActs, type CodeBlock } from './codeBlock.ts';
import { element } from './element.ts';
import { blocksOf, languageOf, type Block } from './markdown.ts';

/** A Markdown text on the page that may still grow. Blocks that did not change keep their nodes. */
export type RichText = { readonly node: HTMLElement; readonly update: (text: string, complete: boolean) => void };

export function createRichText(acts: CodeActs): RichText {
  const node = element('div', { class: 'markdown' });
  let shown: readonly Shown[] = [];
  return {
    node,
    update: (text, complete) => {
      const blocks = blocksOf(text);
      const next = blocks.map((block, index) => show({ block, old: shown[index], complete, acts }));
      for (const [index, { node: part }] of next.entries()) {
        const there = node.children[index];
        if (there === part) continue;
        if (there) there.replaceWith(part);
        else node.append(part);
      }
      while (node.children.length > next.length) node.lastElementChild?.remove();
      shown = next;
    },
  };
}

type Shown = { readonly node: HTMLElement; readonly html?: string; readonly code?: CodeBlock };

function show({
  block,
  old,
  complete,
  acts,
}: {
  readonly block: Block;
  readonly old: Shown | undefined;
  readonly complete: boolean;
  readonly acts: CodeActs;
}): Shown {
  if (block.kind === 'code') {
    const code = old?.code ?? createCodeBlock(acts);
    code.update(block.code, block.language, block.closed || complete);
    return { node: code.node, code };
  }
  if (old?.html === block.html) return old;
  const node = element('div', { class: 'block' }, cleanFragment(block.html));
  for (const pre of node.querySelectorAll('pre')) pre.replaceWith(nestedCode(pre, acts));
  return { node, html: block.html };
}

/** Code inside a list or a quotation. */
function nestedCode(pre: HTMLPreElement, acts: CodeActs): HTMLElement {
  const named = [...(pre.querySelector('code')?.classList ?? [])].find((name) => name.startsWith('language-'));
  const code = createCodeBlock(acts);
  code.update(pre.textContent ?? '', languageOf(named?.slice('language-'.length) ?? ''), true);
  return code.node;
}
