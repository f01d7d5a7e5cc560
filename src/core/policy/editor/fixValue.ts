import { ownReach } from '../ownReach.ts';
import type { Fix, FixContext } from './fix.ts';
import { choicesAt, type Path } from './grammar.ts';
import { locate } from './locate.ts';
import { nearestWord } from './nearestWord.ts';
import { fieldOf, type Outline } from './outline.ts';
import { textOf } from './tree.ts';

/** For a value that is not one of the words that may stand there: each of them, the nearest first. */
export function fixValue({ outline, place }: FixContext): readonly Fix[] {
  const located = locate(outline.root, place);
  const parent = located?.parents.at(-1);
  if (!located || parent?.type !== 'property' || parent.children?.[1] !== located.node) return [];
  const { node, path } = located;
  const replace = (value: string, preferred: boolean): Fix => ({
    title: `Change to ${value}`,
    edits: [{ offset: node.offset, length: node.length, text: value }],
    preferred,
  });
  if (path.length === 1 && path[0] === 'version' && node.value !== 1) return [replace('1', true)];
  const words = wordsAt(path, outline);
  const written = textOf(node) ?? String(node.value);
  if (words.length === 0 || words.includes(written)) return [];
  const near = nearestWord(written, words);
  const ordered = near === undefined ? words : [near, ...words.filter((word) => word !== near)];
  return ordered.slice(0, mostOffered).map((word) => replace(`"${word}"`, word === near));
}

const mostOffered = 5;

function wordsAt(path: Path, { rules }: Outline): readonly string[] {
  const [section, , key] = path;
  if (section !== 'exceptions' || key !== 'of') return choicesAt(path) ?? [];
  return [...rules.flatMap((rule) => fieldOf(rule, 'id') ?? []), ownReach];
}
