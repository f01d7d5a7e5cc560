import type { Doubt, NameKind, Resource, ResourceName } from '../label/resource.ts';
import { joinLabels, labelOf, unlabelled, type Label, type Origin } from '../label/labelled.ts';
import type { LineRange, Provenance } from '../label/provenance.ts';
import { reaches } from '../label/reach.ts';
import type { PolicyLayer, RuleRef } from '../policy/ruleRef.ts';
import { isCount, isText, listOf, literal, oneOf, optional, recordOf } from '../protocol/shape.ts';

/**
 * A label as it was stored. What is missing, unknown or without an origin is a lost label; a reach that claims more than
 * its origins allow does not count.
 */
export function restoreLabel(value: unknown): Label {
  if (!isLabel(value) || value.origins.length === 0) return unlabelled;
  return joinLabels([labelOf(value.origins), value]);
}

export const isRuleRef = recordOf<RuleRef>({
  layer: literal<PolicyLayer>('managed', 'user', 'workspace', 'nested', 'imported', 'built-in'),
  id: isText,
  pattern: isText,
  reach: literal(...reaches),
  reason: optional(isText),
  owner: optional(isText),
  file: optional(isText),
  line: optional(isCount),
});

const isResource = recordOf<Resource>({
  uri: isText,
  display: isText,
  names: listOf(
    recordOf<ResourceName>({
      kind: literal<NameKind>(
        'path',
        'real path',
        'link',
        'previous name',
        'underlying file',
        'hard link',
        'archive member',
      ),
      path: isText,
      folder: optional(isText),
    }),
  ),
  doubt: optional(
    literal<Doubt>(
      'outside every workspace folder',
      'unknown scheme',
      'repository data',
      'editor data',
      'could not be resolved',
      'behind a remote link',
    ),
  ),
});

type From<Kind> = Extract<Provenance, { readonly kind: Kind }>;

const isProvenance = oneOf<Provenance>(
  recordOf<From<'file'>>({
    kind: literal('file'),
    resource: isResource,
    range: optional(recordOf<LineRange>({ start: isCount, end: isCount })),
  }),
  recordOf<From<'untitled'>>({ kind: literal('untitled'), uri: isText }),
  recordOf<From<'tool'>>({ kind: literal('tool'), name: isText }),
  recordOf<{ readonly kind: 'typed' | 'clipboard' | 'terminal' | 'product' | 'unknown' }>({
    kind: literal('typed', 'clipboard', 'terminal', 'product', 'unknown'),
  }),
);

const isLabel = recordOf<Label>({
  reach: literal(...reaches),
  origins: listOf(recordOf<Origin>({ provenance: isProvenance, reach: literal(...reaches), rules: listOf(isRuleRef) })),
});
