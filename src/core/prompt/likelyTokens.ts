/**
 * How many tokens a text comes to at least, without the model's vocabulary. Most tokenizers of code give each digit a token of
 * its own, and at least one to each character of most scripts but Latin; all else runs at the rate measured, in UTF-16 units.
 */
export function likelyTokens(text: string, charsPerToken: number): number {
  // A rate as low as this was measured in such a script: the model's vocabulary has its characters.
  const ideograph = charsPerToken < 2 ? 1 : 1.5;
  let short = 0;
  let tokens = 0;
  for (let at = 0; at < text.length; at++) {
    const own = ownTokens(text.charCodeAt(at), ideograph);
    if (own > 0) short += 1;
    tokens += own;
  }
  return tokens * Math.max(1, 1 / charsPerToken) + (text.length - short) / charsPerToken;
}

/** 0 for what shares a token with its neighbours. Words of Greek and Cyrillic letters come in halves. */
function ownTokens(unit: number, ideograph: number): number {
  if (unit < 0x80) return unit >= 0x30 && unit <= 0x39 ? 1 : 0;
  if (isIdeograph(unit)) return ideograph;
  return unit >= 0x370 && unit < 0x530 ? 0.5 : 1;
}

/**
 * Han, Kana, Hangul, and the halves of rarer characters, pictures among them. A vocabulary made for code has some of them
 * and spells the others in two or three bytes, each a token.
 */
function isIdeograph(unit: number): boolean {
  return (unit >= 0x2e80 && unit < 0xa4d0) || (unit >= 0xac00 && unit < 0xe000) || (unit >= 0xf900 && unit < 0xfb00);
}
