import { indentWidth, substantive, type Place } from './place.ts';

/** Cuts where the answer runs into what already stands below the cursor, or says nothing but that. */
export function cutAtBelow(text: string, place: Place): string {
  const { head, below, indent } = place;
  const lines = text.split('\n');
  const next = below[0];
  if (next === undefined) return text;
  const whole = [head + (lines[0] ?? ''), ...lines.slice(1)];
  const meets = whole.findIndex((line, index) => {
    if (line.trim() === '' || line.trim() !== next.trim()) return false;
    if (index > 0 && indentWidth(line, indent.size) !== indentWidth(next, indent.size)) return false;
    const agreed = agreeing(whole.slice(index), below);
    if (index === 0) return substantive(line) && (lines.length > 1 || head.trim() === '') && agreed > 0;
    return agreed >= (substantive(line) ? 1 : 2);
  });
  if (meets < 0) return text;
  return lines.slice(0, meets).join('\n').trimEnd();
}

/** How many lines of the answer stand below too, up to three; none where one of those differs. */
function agreeing(lines: readonly string[], below: readonly string[]): number {
  const said = lines.filter((line) => line.trim() !== '');
  const compared = Math.min(said.length, below.length, 3);
  return said.slice(0, compared).every((line, i) => line.trim() === below[i]?.trim()) ? compared : 0;
}
