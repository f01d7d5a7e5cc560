import type { Page } from 'playwright-core';

/** What happened on the screen, in the page's own milliseconds. */
export type Sightings = {
  /** From `t` on the first line of the ghost text was `text`; empty when there was none. */
  readonly ghosts: readonly { readonly t: number; readonly text: string }[];
  /** When keys went down. */
  readonly keys: readonly number[];
};

/** Has the page note every change of ghost text and every key from now on; `seen` gives and forgets what was noted. */
export async function watchGhostText(page: Page): Promise<{ seen: () => Promise<Sightings> }> {
  await page.evaluate(watchInPage);
  return { seen: () => page.evaluate<Sightings>('globalThis.ghostSightings()') };
}

/** Runs in the page: DOM mutations are looked at as they come, and once more when the frame is drawn. */
const watchInPage = `(() => {
  if (globalThis.ghostSightings) return void globalThis.ghostSightings();
  const selector = '.ghost-text, .ghost-text-decoration, .ghost-text-decoration-preview';
  let noted = { ghosts: [], keys: [] };
  let last = '';
  let frame = 0;
  const read = () => {
    const lines = new Map();
    for (const element of document.querySelectorAll(selector)) {
      if (element.getClientRects().length === 0 || element.parentElement?.closest(selector)) continue;
      const { top } = (element.closest('.view-line') ?? element).getBoundingClientRect();
      lines.set(top, (lines.get(top) ?? '') + element.textContent.replaceAll('\\u00a0', ' '));
    }
    return [...lines].sort((a, b) => a[0] - b[0]).map(([, text]) => text)[0] ?? '';
  };
  const look = () => {
    const text = read();
    if (text === last) return;
    last = text;
    noted.ghosts.push({ t: performance.now(), text });
  };
  const soon = () => {
    look();
    frame ||= requestAnimationFrame(() => { frame = 0; look(); });
  };
  new MutationObserver(soon).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class', 'style'],
  });
  addEventListener('keydown', () => { noted.keys.push(performance.now()); soon(); }, true);
  globalThis.ghostSightings = () => {
    const all = noted;
    noted = { ghosts: [{ t: performance.now(), text: last }], keys: [] };
    return all;
  };
})()`;
