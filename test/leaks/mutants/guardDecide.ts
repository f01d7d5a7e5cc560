import type { Verdict } from '../../../src/core/exchange/verdict.ts';
import { joinLabels } from '../../../src/core/label/labelled.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import type { Decided } from '../../../src/egress/guardDecide.ts';

export * from '../../../src/egress/guardDecide.ts';

/** Every part may go anywhere. */
export function decideParts({ parts }: LabelledPrompt, zone: Zone): Decided {
  const verdict: Verdict = {
    kind: 'allow',
    zone,
    parts: parts.map(({ id, title, text }) => ({
      id,
      title,
      bytes: text.length,
      decision: 'keep',
      reach: 'cloud',
      rules: [],
    })),
  };
  return { verdict, label: joinLabels(parts.map(({ text }) => text.label)) };
}
