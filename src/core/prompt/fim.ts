import { barePath } from './barePath.ts';
import type { OpenPart } from './labelledPrompt.ts';
import type { ContextForm, FimTemplate } from './fimFamilies.ts';
import { neutralise } from './neutralise.ts';

export type RenderedFim = { readonly prompt: string; readonly stop: readonly string[] };

/**
 * The raw prompt of a completion. Context pieces stand first, or at the head of the prefix where the family was trained so,
 * in the order given; then prefix and suffix in the family's order. User text cannot act as a control word. Never throws.
 */
export function renderFim(parts: readonly OpenPart[], template: FimTemplate): RenderedFim {
  const prefix = neutralise(textOf(parts, 'prefix'), template.sentinels);
  const suffix = neutralise(textOf(parts, 'suffix'), template.sentinels);
  const pieces = contextOf(parts, template);
  const current = pathOf(parts.find((part) => part.role === 'prefix')?.title ?? '', template);
  const { before, inside } = renderContext(pieces, current, template.context);
  const hole =
    template.order === 'prefix-first'
      ? template.prefix + inside + prefix + template.suffix + suffix + template.middle
      : template.suffix + suffix + template.prefix + inside + prefix + template.middle;
  return { prompt: before + hole, stop: template.stop };
}

/**
 * For servers that fill their own template: text before and after the cursor. Neither comes back empty, because an empty
 * prompt means "only load" to Ollama and an empty suffix means "use the chat template".
 */
export function renderSuffixMode(parts: readonly OpenPart[]): { readonly prompt: string; readonly suffix: string } {
  const pieces = parts
    .filter((part) => part.role === 'context')
    .map((part) => commentPiece({ path: barePath(part.title), text: part.text }));
  return { prompt: pieces.join('') + textOf(parts, 'prefix') || '\n', suffix: textOf(parts, 'suffix') || '\n' };
}

type Piece = { readonly path: string; readonly text: string };

function textOf(parts: readonly OpenPart[], role: OpenPart['role']): string {
  return parts
    .filter((part) => part.role === role)
    .map((part) => part.text)
    .join('');
}

function contextOf(parts: readonly OpenPart[], template: FimTemplate): readonly Piece[] {
  return parts
    .filter((part) => part.role === 'context')
    .map((part) => ({ path: pathOf(part.title, template), text: neutralise(part.text, template.sentinels) }));
}

function renderContext(
  pieces: readonly Piece[],
  current: string,
  form: ContextForm,
): { before: string; inside: string } {
  if (pieces.length === 0) return { before: '', inside: '' };
  switch (form.kind) {
    case 'before': {
      const files = pieces.map((piece) => `${form.open}${piece.path}\n${ended(piece.text)}`).join('');
      return { before: `${form.head}${files}${form.open}${current}\n`, inside: '' };
    }
    case 'inside': {
      const files = pieces.map((piece) => `${form.open}${piece.path}\n${ended(piece.text)}`).join('');
      return { before: '', inside: `${files}${form.open}${current}\n` };
    }
    case 'comment':
      return { before: '', inside: pieces.map(commentPiece).join('') };
  }
}

/** A family without a form for several files reads other files as plain code under a comment that names them. */
function commentPiece({ path, text }: Piece): string {
  const [open, close] = commentMarks(path);
  return `${open} ${path}${close}\n${ended(text)}\n`;
}

function commentMarks(path: string): readonly [open: string, close: string] {
  if (/\.(?:py|rb|sh|bash|zsh|ya?ml|toml|r|pl|ex|exs|jl|tf|dockerfile|mk|cmake)$/i.test(path)) return ['#', ''];
  if (/\.(?:sql|lua|hs|elm)$/i.test(path)) return ['--', ''];
  if (/\.(?:html?|xml|svg|vue|md|markdown)$/i.test(path)) return ['<!--', ' -->'];
  if (/\.(?:css)$/i.test(path)) return ['/*', ' */'];
  return ['//', ''];
}

function pathOf(title: string, template: FimTemplate): string {
  return neutralise(barePath(title), template.sentinels);
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
