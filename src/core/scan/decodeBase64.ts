import { readable } from './readable.ts';

/** The text that base64 or base64url stands for; undefined where it is not readable. */
export function decodeBase64(encoded: string): string | undefined {
  const bytes = new Uint8Array(Math.floor((encoded.length * 3) / 4));
  let length = 0;
  let buffer = 0;
  let bits = 0;
  for (let at = 0; at < encoded.length; at++) {
    const value = base64Values[encoded.charCodeAt(at)] ?? 255;
    if (value === 255) continue;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (buffer >> bits) & 0xff;
  }
  return readable(bytes.subarray(0, length));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64Values = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const value = alphabet.indexOf(character === '-' ? '+' : character === '_' ? '/' : character);
  return value === -1 ? 255 : value;
});
