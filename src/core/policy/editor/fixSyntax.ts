import { createScanner } from 'jsonc-parser';
import type { Fix, FixContext } from './fix.ts';

/** For a comma that nothing follows. */
export function fixSyntax({ text, place }: FixContext): readonly Fix[] {
  if (!/^[\]}]/.test(text.slice(place.offset, place.offset + 1))) return [];
  const comma = commaBefore(text, place.offset);
  return comma === undefined
    ? []
    : [{ title: 'Remove the comma', edits: [{ offset: comma, length: 1, text: '' }], preferred: true }];
}

/** Where the last token before an offset stands, if it is a comma. Comments are no tokens. */
function commaBefore(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  let last: { readonly kind: number; readonly at: number } = { kind: token.end, at: 0 };
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if (scanner.getTokenOffset() >= offset) break;
    last = { kind, at: scanner.getTokenOffset() };
  }
  return last.kind === token.comma ? last.at : undefined;
}

// The scanner's own names are const enums, which a compiler that sees one file at a time cannot read.
const token = { comma: 5, end: 17 } as const;
