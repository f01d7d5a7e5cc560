import { indentWidth } from '../indentWidth.ts';
import { closesBlock, indentsBlocks, opensBlock } from '../syntax.ts';
import type { Place } from './place.ts';

/**
 * Cuts whole lines where the block ends that the cursor stands in, or the block that the cursor's line opens. A closer is
 * kept when nothing below closes that block yet.
 */
export function cutScope(text: string, place: Place): string {
  const lines = text.split('\n');
  const base = baseOf(lines[0] ?? '', place);
  const opened = place.head.trim() !== '' && opensBlock(place.head + (lines[0] ?? ''), place.languageId);
  const scope: Scope = { base, opened, place };
  let blank = false;
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') {
      blank = true;
      continue;
    }
    const verdict = judge(line, scope, { blank, before: lines.slice(0, index) });
    if (verdict !== 'inside') return kept(lines, verdict === 'last' ? index + 1 : index, text);
    blank = false;
  }
  return text;
}

/** Asked at the very start of a line, the answer brings the indentation of its block along. */
function baseOf(first: string, { head, indent }: Place): number {
  const line = head.trim() === '' && first.trim() !== '' ? head + first : head;
  return indentWidth(line, indent.size);
}

type Scope = { readonly base: number; readonly opened: boolean; readonly place: Place };
type Verdict = 'inside' | 'last' | 'beyond';

function judge(line: string, scope: Scope, { blank, before }: { blank: boolean; before: readonly string[] }): Verdict {
  const { base, opened, place } = scope;
  const width = indentWidth(line, place.indent.size);
  if (width > base) return 'inside';
  const closer = /^\s*(?:[)\]}]|end\b|fi\b|done\b|esac\b|<\/)/.test(line);
  if (width < base)
    return closer && closesBlock(line) && !closedBelow(width, place) && isNext(width, scope, before)
      ? 'last'
      : 'beyond';
  if (closer) return closerAtBase(line, scope, before);
  const paragraph = blank && before.some((earlier) => earlier.trim() !== '');
  return paragraph || (opened && indentsBlocks(place.languageId)) ? 'beyond' : 'inside';
}

/** A closer in the cursor's column ends what the answer itself opened, or the block of the cursor's line. */
function closerAtBase(line: string, { opened, base, place }: Scope, before: readonly string[]): Verdict {
  const own = before.some((earlier, index) => {
    if (!opensBlock(earlier, place.languageId)) return false;
    return index === 0 ? place.head.trim() === '' : indentWidth(earlier, place.indent.size) === base;
  });
  if (own) return 'inside';
  if (!opened) return 'beyond';
  if (!closesBlock(line)) return 'inside';
  return closedBelow(base, place) ? 'beyond' : 'last';
}

/** Whether the next line below the cursor already closes a block in that column. */
function closedBelow(width: number, { below, indent, rest }: Place): boolean {
  if (/^\s*[)\]}]/.test(rest)) return true;
  const next = below[0];
  return next !== undefined && closesBlock(next.replace(/,$/, '')) && indentWidth(next, indent.size) === width;
}

/** Only the block right around the cursor may be closed, once, and only where what stands below lies outside of it. */
function isNext(width: number, { base, place }: Scope, before: readonly string[]): boolean {
  const next = place.below[0];
  const outside = next === undefined || indentWidth(next, place.indent.size) <= width;
  return outside && width >= base - place.indent.size && before.some((line) => line.trim() !== '');
}

function kept(lines: readonly string[], count: number, text: string): string {
  return count === lines.length ? text : lines.slice(0, count).join('\n').trimEnd();
}
