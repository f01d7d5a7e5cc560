import type { Exchange } from '../fake-server/fake-server.ts';
import { text } from '../fake-server/json.ts';
import { askCloud, deviceSignature, endToEnd } from './cloud-request.ts';
import { knowsSources } from './lookup.ts';
import { parseModelRef } from './names.ts';
import type { OllamaState } from './state.ts';

/**
 * Since 0.17.6 a request for an explicit cloud name goes straight to the cloud: path, query, all of the client's headers
 * and the body, in which only the name loses its suffix. The reply comes back as it is, so nothing in it says where it
 * was made. Gives false when the request is not one of those.
 */
export async function relayCloudName(state: OllamaState, exchange: Exchange): Promise<boolean> {
  const { cloudUrl } = state;
  const asked = text(exchange.body['model']) ?? text(exchange.body['name']) ?? '';
  if (cloudUrl === undefined || !knowsSources(state) || !relayed(exchange.seen().path)) return false;
  const ref = parseModelRef(asked, { sources: true });
  if (ref.kind !== 'ref' || ref.source !== 'cloud') return false;
  if (state.settings.cloudDisabled) await exchange.wire.json(403, { error: disabledText(exchange.seen().path) });
  else await relay(state, exchange, { cloudUrl, base: ref.base });
  return true;
}

function relayed(path: string): boolean {
  return ['/api/generate', '/api/chat', '/api/show', '/v1/chat/completions', '/v1/completions'].includes(path);
}

function disabledText(path: string): string {
  const what = path === '/api/show' ? 'remote model details are unavailable' : 'remote model is unavailable';
  return `ollama cloud is disabled: ${what}`;
}

async function relay(
  state: OllamaState,
  { seen, body, wire, signal, note }: Exchange,
  { cloudUrl, base }: { readonly cloudUrl: string; readonly base: string },
): Promise<void> {
  const { url, path, method, headers } = seen();
  try {
    const reply = await askCloud({
      url: new URL(url, cloudUrl),
      method,
      headers: {
        ...endToEnd(headers),
        host: 'ollama.com',
        authorization: deviceSignature,
        'x-ollama-client-version': state.version,
      },
      body: JSON.stringify({ ...body, model: base }),
      signal,
    });
    wire.head(reply.statusCode ?? 502, endToEnd(reply.headers));
    for await (const bytes of reply) {
      if (Buffer.isBuffer(bytes)) await wire.write(bytes);
    }
    wire.end();
  } catch {
    if (signal.aborted) return;
    note({ outcome: 'error' });
    if (wire.started()) wire.reset();
    else await wire.json(502, { error: `Post "https://ollama.com:443${path}": dial tcp: connect: connection refused` });
  }
}
