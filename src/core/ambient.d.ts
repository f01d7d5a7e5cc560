// The few web-standard globals that pure code may name. Every host of Ringfence (Node, the editor, a browser) has them;
// declaring them here keeps the DOM and Node typings, and with them every way to reach a network, out of the pure layers.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare const AbortSignal: { any(signals: readonly AbortSignal[]): AbortSignal };

interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortController: new () => AbortController;

interface TextEncoder {
  encode(text: string): Uint8Array;
}
declare const TextEncoder: new () => TextEncoder;

interface TextDecoder {
  decode(bytes: Uint8Array, options?: { readonly stream?: boolean }): string;
}
declare const TextDecoder: new (encoding?: string, options?: { readonly fatal?: boolean }) => TextDecoder;

interface URL {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly host: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly username: string;
  readonly password: string;
}
declare const URL: { new (text: string, base?: string): URL; canParse(text: string, base?: string): boolean };
