import { substantive, type Place } from './place.ts';

/** A model that starts the line over loses what already stands there: `const x = █` answered by `const x = 1`. */
export function dropEcho(text: string, { head, above }: Place): string {
  const said = head.trim();
  const answer = text.trimStart();
  if (said.length >= 8 && /\s/.test(said) && answer.startsWith(said)) return answer.slice(said.length);
  const before = above[0]?.trim() ?? '';
  const twoLines = `${before}\n`;
  if (said === '' && substantive(before) && answer.startsWith(twoLines) && before.length >= 8) {
    return answer.slice(twoLines.length);
  }
  return text;
}
