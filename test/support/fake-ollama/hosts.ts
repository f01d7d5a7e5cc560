import { hostname } from 'node:os';
import { isIPv4, isIPv6 } from 'node:net';
import type { SeenRequest } from '../fake-server/seen-request.ts';

/** Whether a server on loopback takes the request at all: by its Host and, for browsers, its Origin. */
export function allowsOrigin({ headers }: SeenRequest): boolean {
  return allowsHost(headers.host ?? '') && (headers.origin === undefined || localOrigin(headers.origin));
}

function allowsHost(value: string): boolean {
  const host = withoutPort(value).toLowerCase();
  if (isIPv4(host)) return /^(?:127|10|0)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
  if (isIPv6(host)) return host === '::1' || host === '::' || /^f[cd]/.test(host);
  if (host === '' || host === 'localhost' || host === hostname().toLowerCase()) return true;
  return ['.localhost', '.local', '.internal'].some((ending) => host.endsWith(ending));
}

function withoutPort(value: string): string {
  return value.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function localOrigin(origin: string): boolean {
  if (
    /^(?:app|file|tauri|vscode-webview|vscode-file|chrome-extension|moz-extension|safari-web-extension):/.test(origin)
  ) {
    return true;
  }
  return /^https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?$/.test(origin);
}
