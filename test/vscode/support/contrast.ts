import type { Locator } from 'playwright-core';

/** The contrast of a text with what lies behind it, by WCAG's formula: from 1 to 21. */
export async function contrastOf(text: Locator): Promise<number> {
  const { color, behind } = await text.evaluate((element) => {
    const colors: string[] = [];
    const style = element.ownerDocument.defaultView?.getComputedStyle(element);
    for (let part = element; part; part = part.parentElement)
      colors.push(part.ownerDocument.defaultView?.getComputedStyle(part).backgroundColor ?? '');
    return { color: style?.color ?? '', behind: colors };
  });
  const ground = behind.find((one) => alphaOf(one) > 0) ?? 'rgb(255, 255, 255)';
  const [bright = 1, dark = 0] = [light(color), light(ground)].toSorted((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function numbersOf(color: string): readonly number[] {
  return (color.match(/[\d.]+/g) ?? []).map(Number);
}

function alphaOf(color: string): number {
  return numbersOf(color)[3] ?? 1;
}

/** Relative luminance. */
function light(color: string): number {
  const [red = 0, green = 0, blue = 0] = numbersOf(color)
    .slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
