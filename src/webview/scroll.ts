import { button } from './element.ts';
import { icon } from './icons.ts';

/** Keeps the newest words in sight unless the reader has scrolled up to read older ones. */
export type StickyScroll = {
  /** Goes to the bottom from wherever the reader is. */
  readonly toBottom: () => void;
  /** What is shown may have grown. */
  readonly moved: () => void;
  readonly jump: HTMLElement;
};

/** Pixels from the end that still count as the end. */
const near = 32;

export function createStickyScroll(area: HTMLElement): StickyScroll {
  let pinned = true;
  const jump = button({ name: 'Go to the newest', kind: 'jump' }, icon('arrow'), () => toBottom());
  jump.hidden = true;
  const atEnd = () => area.scrollHeight - area.scrollTop - area.clientHeight <= near;
  const toBottom = (): void => {
    pinned = true;
    moved();
  };
  const moved = (): void => {
    if (pinned) area.scrollTop = area.scrollHeight;
    jump.hidden = pinned;
  };
  area.addEventListener('scroll', () => {
    pinned = atEnd();
    jump.hidden = pinned;
  });
  new ResizeObserver(moved).observe(area);
  return { toBottom, moved, jump };
}
