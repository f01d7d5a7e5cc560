import { indentWidth } from '../indentWidth.ts';
import { opensBlock } from '../syntax.ts';
import type { Place } from './place.ts';

/** Fits the answer to the cursor's column and to the editor's way of indenting. */
export function fitIndentation(text: string, place: Place): string {
  const [first = '', ...more] = text.split('\n');
  return [fitFirst(first, place), ...more.map((line) => convert(line, place))].join('\n');
}

/**
 * The cursor's line is indented already. White space that a model puts first is that indentation repeated, one step more, or
 * noise; only what leads to a likely column stays.
 */
function fitFirst(line: string, place: Place): string {
  const { head, above, indent, languageId } = place;
  const lead = /^[ \t]*/.exec(line)?.[0] ?? '';
  const content = line.slice(lead.length);
  if (lead === '' || content === '') return line;
  if (head.trim() !== '') return fitInLine(line, { lead, content }, place);
  const have = indentWidth(head, indent.size);
  if (have === 0 && head === '' && above.length === 0) return content;
  const before = above[0] ?? '';
  const level = indentWidth(before, indent.size);
  const likely = opensBlock(before, languageId) ? [level + indent.size] : [level, level + indent.size];
  const said = indentWidth(lead, indent.size);
  if (likely.includes(have)) return content;
  if (likely.includes(have + said)) return convert(lead, place) + content;
  if (likely.includes(said) && said > have) return white(said - have, place) + content;
  return content;
}

/** After an opener a line that comes indented has lost its line break; elsewhere one space between words is enough. */
function fitInLine(
  line: string,
  { lead, content }: { lead: string; content: string },
  { head, indent, languageId }: Place,
): string {
  const deeper = indentWidth(lead, indent.size) > indentWidth(head, indent.size);
  if (deeper && lead.length > 1 && opensBlock(head, languageId)) return `\n${line}`;
  return /[ \t]$/.test(head) ? content : line;
}

/** Tabs where the editor uses tabs, spaces where it uses spaces; alignment beyond whole steps stays spaces. */
function convert(line: string, { indent, head, above }: Place): string {
  const lead = /^[ \t]*/.exec(line)?.[0] ?? '';
  const foreign = indent.tabs ? lead.startsWith(' ') : lead.includes('\t');
  const native = [head, ...above].some((near) => (indent.tabs ? /^ {2}/ : /^\t/).test(near));
  if (!foreign || native) return line;
  const width = indentWidth(lead, indent.size);
  if (!indent.tabs) return ' '.repeat(width) + line.slice(lead.length);
  return '\t'.repeat(Math.floor(width / indent.size)) + ' '.repeat(width % indent.size) + line.slice(lead.length);
}

function white(width: number, { indent }: Place): string {
  return indent.tabs ? '\t'.repeat(Math.ceil(width / indent.size)) : ' '.repeat(width);
}
