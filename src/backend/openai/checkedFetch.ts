import type { BoundFetch } from '../boundFetch.ts';
import { httpFailureOf } from '../httpFailure.ts';

/**
 * Turns failed answers into errors before the package sees them: it would shorten their bodies, and it writes into its own
 * messages what the server said. `seen` gets every good answer, for its headers.
 */
export function checkedFetch(fetch: BoundFetch, seen: (response: Response) => void = () => undefined): BoundFetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.ok) throw await httpFailureOf(response);
    seen(response);
    return response;
  };
}
