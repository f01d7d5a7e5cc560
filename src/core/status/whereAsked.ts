import { filesHost, type EditorPlace } from './hostName.ts';

/**
 * Says which machine a loopback address means, where that could surprise: in a window that shows the files of another
 * machine. The first half of a sentence; undefined in a local window.
 */
export function whereAsked(place: EditorPlace): string | undefined {
  const files = filesHost(place.remoteName);
  if (files === filesHost(undefined)) return undefined;
  const at = `${within.has(files) ? 'in' : 'on'} ${files}`;
  return place.side === 'workspace'
    ? `This window runs ${at}, so the server is looked for there`
    : `The files of this window are ${at}, but Ringfence runs on your own machine, so the server is looked for there`;
}

/** Of these one says "in", of machines "on". */
const within: ReadonlySet<string> = new Set(['WSL', 'the container', 'the codespace']);
