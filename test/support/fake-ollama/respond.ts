import type { Exchange } from '../fake-server/fake-server.ts';
import type { GenerationEvent } from './events.ts';
import type { Frames } from './frames.ts';

/**
 * Sends what a model says. Nothing goes out, not even headers, before the first event; an error that comes first has its
 * own status, a later one is a frame in a stream that has already said 200.
 */
export async function respond(
  exchange: Exchange,
  events: AsyncIterable<GenerationEvent>,
  { frames, stream }: { readonly frames: Frames; readonly stream: boolean },
): Promise<void> {
  const { wire, note } = exchange;
  const heard: GenerationEvent[] = [];
  for await (const event of events) {
    if (event.kind === 'error' || event.kind === 'reset' || event.kind === 'cut') note({ outcome: 'error' });
    if (event.kind === 'reset') return wire.reset();
    if (event.kind === 'error' && (!stream || !wire.started())) return wire.json(event.status, frames.failure(event));
    if (event.kind === 'alone') return wire.json(200, frames.whole([event]));
    heard.push(event);
    if (!stream) continue;
    wire.head(200, { 'content-type': frames.streamType });
    await wire.write(frames.line(event));
    if (event.kind === 'error') return wire.end();
  }
  if (exchange.signal.aborted) return;
  if (stream) {
    wire.head(200, { 'content-type': frames.streamType });
    wire.end();
  } else await wire.json(200, frames.whole(heard));
}
