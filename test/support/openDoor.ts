import type { Guard } from '../../src/core/exchange/guard.ts';
import { labelled, productLabel, reveal } from '../../src/core/label/labelled.ts';
import type { LabelledPrompt } from '../../src/core/prompt/labelledPrompt.ts';
import { createGuard } from '../../src/egress/guard.ts';
import type { GuardDeps } from '../../src/egress/guardDeps.ts';

/**
 * The guard switched off: everything else is as it is in the product, but every text may go everywhere. Whatever a leak
 * test forbids must happen through this door, or that test proves nothing.
 */
export function createOpenDoor(deps: GuardDeps): Guard {
  const guard = createGuard({
    ...deps,
    policy: {
      current: () => ({ ...deps.policy.current(), kind: 'loaded' }),
      decide: () => ({ reach: 'cloud', rules: [] }),
      fresh: async () => true,
    },
    trusted: () => true,
    scan: () => ({ kind: 'clean' }),
  });
  return {
    ...guard,
    preview: (prompt, model, signal) => guard.preview(unbound(prompt), model, signal),
    send: (prompt, model, signal) => guard.send(unbound(prompt), model, signal),
  };
}

function unbound(prompt: LabelledPrompt): LabelledPrompt {
  const parts = prompt.parts.map((part) => ({ ...part, text: labelled(reveal(part.text), productLabel) }));
  return { ...prompt, parts };
}
