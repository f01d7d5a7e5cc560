import MarkdownIt from 'markdown-it';

/** One block of a text, top level only: what changes in a growing text is its last blocks. */
export type Block =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'code'; readonly code: string; readonly language: string; readonly closed: boolean };

/** Markdown as blocks. No raw HTML, no images, no link but `https:`; what is left is still cleaned before it is shown. */
export function blocksOf(text: string): readonly Block[] {
  const env = {};
  const tokens = markdown.parse(text, env);
  const blocks: Block[] = [];
  let from = 0;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += token.nesting;
    // The alignment of a table's cells is a style attribute, which the page's policy forbids.
    if (token.type === 'td_open' || token.type === 'th_open') token.attrs = null;
    if (depth > 0) continue;
    const group = tokens.slice(from, index + 1);
    from = index + 1;
    blocks.push(
      token.type === 'fence' || token.type === 'code_block'
        ? { kind: 'code', code: token.content, language: languageOf(token.info), closed: isClosed(token, text) }
        : { kind: 'html', html: markdown.renderer.render(group, markdown.options, env) },
    );
  }
  return blocks;
}

/** The first word after the backticks, as a name that is safe to show. */
export function languageOf(info: string): string {
  return /^[\w+#.-]{1,20}/.exec(info.trim())?.[0].toLowerCase() ?? '';
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false });
markdown.validateLink = (url) => /^https:\/\//i.test(url);
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// An image would be fetched from wherever a model points: its description stands in for it.
markdown.disable('image');

type Token = ReturnType<typeof markdown.parse>[number];

/** A fence that nothing closes is still being written. */
function isClosed(token: Token, text: string): boolean {
  if (token.type !== 'fence' || !token.map) return true;
  const last = text.split('\n')[token.map[1] - 1] ?? '';
  return token.map[1] - token.map[0] > 1 && last.trim().startsWith(token.markup);
}
