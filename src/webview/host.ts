import type { ToHost, ToPanel } from '../core/protocol/messages.ts';
import { kindOf, parseToPanel } from '../core/protocol/parse.ts';

/** What the editor gives a webview. */
type VsCodeApi = {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
};

declare function acquireVsCodeApi(): VsCodeApi;

/** The host at the other end. `remember` keeps a little over hiding and reloading; what comes back is foreign again. */
export type Host = {
  readonly send: (message: ToHost) => void;
  readonly remembered: () => unknown;
  readonly remember: (state: unknown) => void;
};

/** Connects to the host. A message that is not understood is ignored; after a missed one everything is asked for again. */
export function connect(receive: (message: ToPanel) => void): Host {
  const { postMessage, getState, setState } = acquireVsCodeApi();
  let expected: number | undefined;
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = parseToPanel(data);
    if (!message) return complain(data);
    if (message.kind !== 'snapshot') {
      // Until a snapshot has come there is nothing that this could change.
      if (expected === undefined) return;
      if (message.seq !== expected) {
        expected = undefined;
        return postMessage({ kind: 'ready' } satisfies ToHost);
      }
    }
    expected = message.seq + 1;
    receive(message);
  });
  return {
    send: (message) => postMessage(message),
    remembered: getState,
    remember: setState,
  };
}

/** In the webview's own developer tools only; never content. */
function complain(data: unknown): void {
  // oxlint-disable-next-line no-console -- the panel has no other log
  console.warn(`Ringfence ignored a message of kind ${kindOf(data)}.`);
}
