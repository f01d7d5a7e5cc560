/** Cuts text into the fake model's tokens; joined they give the text again. Surrogate pairs stay whole. */
export function tokenize(text: string): readonly string[] {
  return text.match(/\n[ \t]*|[ \t]*[\p{L}_]{1,6}|[ \t]*\p{N}{1,3}|[ \t]*[^\s\p{L}\p{N}_]{1,2}|[^\S\n]+/gu) ?? [];
}

/** How many tokens two prompts have in common from their start. */
export function sharedTokens(one: readonly string[], other: readonly string[]): number {
  const limit = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < limit && one[shared] === other[shared]) shared++;
  return shared;
}

/** A stable number for a token, as a tokenizer would give. */
export function tokenId(token: string): number {
  let id = 7;
  for (const character of token) id = (Math.imul(id, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return id % 151_936;
}
