/** A stretch of a document, in UTF-16 units; the end is not part of it. */
export type Stretch = { readonly start: number; readonly end: number };

/** The last text that came at once, and the stop within it that is being filled in, where it is a snippet. */
export type Inserted = { readonly text: Stretch; readonly stop?: Stretch };

/** `chosen`: the user put the selection there by key or mouse. `typed`: it moved because of an edit. */
export type Selected = Stretch & { readonly chosen: boolean; readonly typed: boolean };

/**
 * The editor does not tell that a snippet is being filled in. It is seen from the first stop: neither key nor mouse selects it,
 * and it lies in text that came at once. A stop without text cannot be told from the end of a snippet, and is none here.
 */
export function afterSelection(inserted: Inserted | undefined, selected: Selected): Inserted | undefined {
  if (!inserted) return undefined;
  const { text, stop } = inserted;
  const { start, end, chosen, typed } = selected;
  if (start < end) return !chosen && within(selected, text) ? { text, stop: { start, end } } : { text };
  return stop && (chosen || typed) && within(selected, stop) ? inserted : { text };
}

/** What an edit leaves of it: one within the stop goes on with it, one elsewhere ends it. */
export function afterEdit(
  inserted: Inserted | undefined,
  { offset, removed, text }: { readonly offset: number; readonly removed: number; readonly text: string },
): Inserted | undefined {
  const edited = { start: offset, end: offset + removed };
  const grown = ({ start, end }: Stretch): Stretch => ({ start, end: end + text.length - removed });
  if (inserted && within(edited, inserted.text)) {
    const { stop } = inserted;
    return { text: grown(inserted.text), ...(stop && within(edited, stop) && { stop: grown(stop) }) };
  }
  return text.length > 1 ? { text: { start: offset, end: offset + text.length } } : undefined;
}

function within(inner: Stretch, outer: Stretch): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
