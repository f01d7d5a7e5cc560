import { commentLeader, opensBlock } from './syntax.ts';
import { linesAbove, surroundings, type Spot } from './spot.ts';

/** Whether one line or a block is wanted. */
export type LineMode = 'single' | 'multiple';

/**
 * A block at the start of a line, after an opener, and in a body that is still empty; otherwise the rest of the line. In the
 * middle of a line and inside comments always one line. `setting` other than `auto` decides except in the middle of a line.
 */
export function lineMode(spot: Spot, setting: 'auto' | 'single' | 'multiple'): LineMode {
  const around = surroundings(spot);
  if (setting === 'single' || !onlyClosersFollow(around.rest)) return 'single';
  if (setting === 'multiple') return 'multiple';
  const { languageId } = spot.document;
  if (around.head.trim() === '') return 'multiple';
  if (inComment(around.head, languageId)) return 'single';
  if (opensBlock(around.head, languageId)) return 'multiple';
  return opensBlock(linesAbove(around, 1)[0] ?? '', languageId) ? 'multiple' : 'single';
}

/** Whether nothing stands to the right of the cursor but what an editor or a typist leaves there. */
export function onlyClosersFollow(rest: string): boolean {
  return /^\s*[)>}\]"'`]*\s*[:{;,]?\s*$/.test(rest);
}

function inComment(head: string, languageId: string): boolean {
  const leader = commentLeader(languageId);
  const text = head.trimStart();
  return text.startsWith(leader) || (leader === '//' && /^\*(?!\/)/.test(text));
}
