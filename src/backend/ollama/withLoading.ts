import type { StreamPart } from '../../core/exchange/stream.ts';

/**
 * Says `loading` once when the first part is late and the server, asked, has not loaded the model. A server sends no byte
 * before the first token, so there is no other sign. A failed question says nothing.
 */
export async function* withLoading(
  parts: AsyncGenerator<StreamPart>,
  { isLoaded, afterMs }: { readonly isLoaded: () => Promise<boolean>; readonly afterMs: number },
): AsyncGenerator<StreamPart> {
  let arrived = false;
  const arrive = (): void => {
    arrived = true;
  };
  const first = parts.next();
  const settled = first.then(arrive, arrive);
  try {
    if ((await isLate(settled, afterMs)) && !(await isLoadedOr(settled, isLoaded)) && !arrived)
      yield { kind: 'loading' };
    const { done, value } = await first;
    if (done === true) return;
    yield value;
    yield* parts;
  } finally {
    leave(parts);
  }
}

/** A server that is slow to say what it holds must not keep what the model says meanwhile. */
async function isLoadedOr(settled: Promise<void>, isLoaded: () => Promise<boolean>): Promise<boolean> {
  return Promise.race([isLoaded().catch(() => true), settled.then(() => true)]);
}

async function isLate(settled: Promise<void>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), ms);
  });
  return Promise.race([settled.then(() => false), late]).finally(() => clearTimeout(timer));
}

/** Not awaited: the generator may still wait for the server, and is set free by the abort that follows. */
function leave(parts: AsyncGenerator<StreamPart>): void {
  parts.return(undefined).catch(() => undefined);
}
