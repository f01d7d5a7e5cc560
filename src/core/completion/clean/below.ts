import { indentWidth, substantive, type Place } from './place.ts';

/** Cuts where the answer runs into what already stands below the cursor, or says nothing but that. */
export function cutAtBelow(text: string, place: Place): string {
  const { head, below, indent } = place;
  const lines = text.split('\n');
  const next = below[0];
  if (next === undefined) return text;
  const whole = [head + (lines[0] ?? ''), ...lines.slice(1)];
  const meets = whole.findIndex((line, index) => {
    if (!substantive(line) || line.trim() !== next.trim()) return false;
    if (index > 0 && indentWidth(line, indent.size) !== indentWidth(next, indent.size)) return false;
    return index === 0 ? lines.length > 1 || head.trim() === '' : agrees(whole.slice(index), below);
  });
  if (meets < 0) return text;
  return lines.slice(0, meets).join('\n').trimEnd();
}

/** Whether all that follows stands below too; one equal line alone may be chance, two are none. */
function agrees(lines: readonly string[], below: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '');
  const compared = Math.min(said.length, below.length, 3);
  return said.slice(0, compared).every((line, i) => line.trim() === below[i]?.trim());
}
