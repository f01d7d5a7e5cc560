import type { Frame } from 'playwright-core';

/** Text that is hard to read, or content that sticks out of the page: one sentence each. */
export function readability(page: Frame): Promise<readonly string[]> {
  return page.evaluate(script);
}

/** Lowest contrast of text against its ground, by WCAG 2.2 AA; large text and text of switched-off controls may have less. */
const lowest = { text: 4.5, large: 3 };

// Runs in the page, where the types of these tests do not reach.
const script = `(() => {
  const channel = (value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  /** Red, green, blue and alpha of any colour that a style can have. */
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (front, back) => front.slice(0, 3).map((value, at) => value * front[3] + back[at] * (1 - front[3]));
  const theme = getComputedStyle(document.documentElement);
  const sheet = parse(theme.getPropertyValue('--vscode-sideBar-background') || theme.getPropertyValue('--vscode-editor-background'));
  const groundOf = (element) => {
    const colours = [];
    for (let at = element; at; at = at.parentElement) colours.push(parse(getComputedStyle(at).backgroundColor));
    return colours.reduceRight((back, colour) => over(colour, back), sheet.slice(0, 3));
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((one, two) => two - one);
    return (light + 0.05) / (dark + 0.05);
  };
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push('the page is wider than the panel');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (text === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || element.closest('script, style, :disabled')) continue;
    const ground = groundOf(element);
    const reached = contrast(over(parse(style.color), ground), ground);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const words = JSON.stringify(text.slice(0, 40));
    if (reached < (isLarge ? ${lowest.large} : ${lowest.text}))
      found.push(words + ' has a contrast of ' + reached.toFixed(2));
    if (box.right > width + 1 && !element.closest('.code-frame, .table, .offer-text')) found.push(words + ' sticks out on the right');
  }
  return [...new Set(found)];
})()`;
