import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import { createIdentity } from '../../../src/core/label/identity.ts';
import { labelled, labelOf, type Label } from '../../../src/core/label/labelled.ts';
import type { Provenance } from '../../../src/core/label/provenance.ts';
import type { PolicyKeeper } from '../../../src/core/policy/keeper.ts';
import { contentAt, factsOf, folder } from './disk.ts';
import type { Session } from './session.ts';

/** Reads a file as the editor's reader does, and tells the oracle. */
export function readFile({ disk, oracle, window }: Pick<Session, 'disk' | 'oracle' | 'window'>, path: string) {
  const text = contentAt(disk, path)?.text ?? '';
  for (const word of text.match(/CANARY_\w+/g) ?? []) oracle.read(path, word);
  const resource = identity(factsOf(disk, path));
  return {
    uri: `${folder}/${path}`,
    display: path,
    languageId: 'typescript',
    version: 1,
    text: labelled(text, labelFor(window.policy, { kind: 'file', resource })),
    indent: { tabs: false, size: 2 },
  } satisfies DocumentSnapshot;
}

const identity = createIdentity({ system: 'linux', folders: [{ uri: folder, realPath: '/w' }], editorFolders: [] });

export function labelFor(policy: PolicyKeeper, provenance: Provenance): Label {
  const { reach, rules } = policy.decide(provenance);
  return labelOf([{ provenance, reach, rules }]);
}
