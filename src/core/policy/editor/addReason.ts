import { appendItem } from './edit.ts';
import type { Fix } from './fix.ts';
import { entryAt, nameOf, type Outline } from './outline.ts';
import { propertyOf } from './tree.ts';

/** Gives the rule at an offset a reason to be filled in, if it has none: those who meet the rule will read it. */
export function addReason(text: string, outline: Outline, offset: number): Fix | undefined {
  const entry = entryAt(outline, offset);
  if (!entry || propertyOf(entry.node, 'reason')) return undefined;
  const edits = appendItem(text, entry.node, '"reason": "why"');
  return { title: `Add a reason to "${nameOf(entry)}"`, edits, preferred: false };
}
