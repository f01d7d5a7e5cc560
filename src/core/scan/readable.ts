/**
 * Bytes as text; undefined where they are none: text has hardly a control character, and is either mostly ASCII (some bytes
 * around it may not fit) or UTF-8 throughout.
 */
export function readable(bytes: Uint8Array): string | undefined {
  if (bytes.length < 8) return undefined;
  let odd = 0;
  let ascii = 0;
  for (const byte of bytes) {
    if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) odd++;
    else if (byte < 127) ascii++;
  }
  if (odd * 12 > bytes.length) return undefined;
  const text = decoder.decode(bytes);
  // Told by the replacement character, since a decoder that throws takes fifty times as long for what is no text.
  return ascii * 4 < bytes.length * 3 && text.includes('\ufffd') ? undefined : text;
}

const decoder = new TextDecoder('utf-8');
