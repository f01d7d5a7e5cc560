/** What a URL's host says of itself, before anything is resolved. */
export type HostClass =
  /** This machine, by literal address; `addresses` in the order in which they are tried. */
  | { readonly kind: 'loopback'; readonly addresses: readonly string[] }
  /** 0.0.0.0 and ::, which mean this machine on some systems and nothing on others: never taken for this machine. */
  | { readonly kind: 'unspecified' }
  | { readonly kind: 'private' }
  | { readonly kind: 'public' }
  /** A name for somebody's resolver to interpret. */
  | { readonly kind: 'name' };

/**
 * Classifies the `hostname` of a WHATWG URL. That parser has already turned every odd spelling of an address (hexadecimal,
 * octal, short, full-width) into one, so only canonical forms arrive here. `localhost` stands for the two literal
 * loopback addresses and is never resolved; `localhost.` and `x.localhost` are names like any other.
 */
export function classifyHost(hostname: string): HostClass {
  if (hostname === 'localhost') return { kind: 'loopback', addresses: ['127.0.0.1', '::1'] };
  if (hostname.startsWith('[')) return classifyV6(hostname.slice(1, -1));
  const octets = v4Octets(hostname);
  return octets ? classifyV4(octets) : { kind: 'name' };
}

/** Whether the address that a socket reports is a loopback address, v4, v6 or v4 inside v6. */
export function isLoopbackAddress(address: string): boolean {
  return classifyAddress(address).kind === 'loopback';
}

/** Classifies an address as a socket reports it: v6 without brackets, v4 in v6 with dots. */
export function classifyAddress(address: string): HostClass {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const octets = v4Octets(plain);
  if (octets) return classifyV4(octets);
  const withoutScope = plain.split('%')[0] ?? '';
  if (!URL.canParse(`http://[${withoutScope}]/`)) return { kind: 'name' };
  return classifyV6(new URL(`http://[${withoutScope}]/`).hostname.slice(1, -1));
}

type Octets = readonly [number, number, number, number];

function v4Octets(text: string): Octets | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const [a = 256, b = 256, c = 256, d = 256] = match.slice(1).map(Number);
  return Math.max(a, b, c, d) <= 255 ? [a, b, c, d] : undefined;
}

function classifyV4([a, b, c, d]: Octets): HostClass {
  if (a === 127) return { kind: 'loopback', addresses: [`${a}.${b}.${c}.${d}`] };
  if (a === 0) return { kind: 'unspecified' };
  const local = a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254);
  const shared = a === 100 && b >= 64 && b < 128;
  return { kind: local || shared ? 'private' : 'public' };
}

/** `text` is the canonical, compressed form. */
function classifyV6(text: string): HostClass {
  if (text === '::1') return { kind: 'loopback', addresses: ['::1'] };
  if (text === '::') return { kind: 'unspecified' };
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text);
  if (mapped) {
    const [high = 0, low = 0] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
    return classifyV4([high >> 8, high & 255, low >> 8, low & 255]);
  }
  const first = Number.parseInt(text.split(':')[0] || '0', 16);
  const uniqueLocal = (first & 0xfe00) === 0xfc00;
  const linkLocal = (first & 0xffc0) === 0xfe80;
  return { kind: uniqueLocal || linkLocal ? 'private' : 'public' };
}
