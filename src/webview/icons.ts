import type { Reach } from '../core/protocol/view.ts';

const namespace = 'http://www.w3.org/2000/svg';

/** A line drawing, 16 units square, in the colour of the text around it; nothing to a screen reader. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', drawings[name]);
  svg.append(path);
  return svg;
}

/** A lock for this machine, a server, a cloud, a barred circle for nowhere, a question mark where nobody knows. */
export function reachIcon(reach: Reach | undefined): SVGSVGElement {
  return icon(reach === undefined ? 'unknown' : reachIcons[reach]);
}

export type IconName = keyof typeof drawings;

const drawings = {
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5M8 10v1.5',
  server: 'M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.75h.01M5 11.25h.01',
  cloud: 'M4.5 12.5a2.75 2.75 0 0 1-.3-5.5 4 4 0 0 1 7.7.8 2.4 2.4 0 0 1-.4 4.7z',
  barred: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM4.2 4.2l7.6 7.6',
  add: 'M8 3v10M3 8h10',
  history: 'M3 8a5 5 0 1 0 1.5-3.6L3 5.8M3 2.5v3.3h3.3M8 5.2V8l2 1.4',
  clip: 'M12.6 7.4 7.9 12a3 3 0 0 1-4.2-4.2l5-5a2 2 0 0 1 2.8 2.9l-5 4.9a1 1 0 0 1-1.4-1.4l4.5-4.5',
  send: 'M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2',
  stop: 'M4.5 4.5h7v7h-7z',
  copy: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  insert: 'M2.5 3v10M13.5 8H6M9 4.8 5.8 8 9 11.2',
  retry: 'M13 8a5 5 0 1 1-1.5-3.6L13 5.8M13 2.5v3.3H9.7',
  down: 'M4 6.2 8 10.2l4-4',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3.2 8.4 6.4 11.6 12.8 4.6',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.01',
  unknown: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM6.4 6.6a1.6 1.6 0 1 1 2.3 1.4c-.5.3-.7.6-.7 1.2M8 11.2v.01',
  arrow: 'M8 3v9.5M3.8 8.5 8 12.7l4.2-4.2',
  next: 'M3 8h9.5M8.5 3.8 12.7 8l-4.2 4.2',
} as const;

const reachIcons: Readonly<Record<Reach, IconName>> = {
  none: 'barred',
  device: 'lock',
  perimeter: 'server',
  cloud: 'cloud',
};
