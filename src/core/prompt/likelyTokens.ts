/**
 * How many tokens a text comes to at least, without the model's vocabulary. Most tokenizers of code give each digit a token of
 * its own, and at least one to each character of most scripts but Latin; all else runs at the rate measured, in UTF-16 units.
 */
export function likelyTokens(text: string, charsPerToken: number): number {
  let short = 0;
  let tokens = 0;
  for (let at = 0; at < text.length; at++) {
    const own = ownTokens(text.charCodeAt(at));
    if (own > 0) short += 1;
    tokens += own;
  }
  return tokens * Math.max(1, 1 / charsPerToken) + (text.length - short) / charsPerToken;
}

/** 0 for what shares a token with its neighbours. Words of Greek and Cyrillic letters come in halves. */
function ownTokens(unit: number): number {
  if (unit < 0x80) return unit >= 0x30 && unit <= 0x39 ? 1 : 0;
  return unit >= 0x370 && unit < 0x530 ? 0.5 : 1;
}
