import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DocumentSnapshot } from '../../../src/core/completion/documentSnapshot.ts';
import { labelled, labelOf } from '../../../src/core/label/labelled.ts';
import { withPatchedFiles } from '../../../src/core/label/patchedFiles.ts';
import type { Provenance } from '../../../src/core/label/provenance.ts';
import type { Resource } from '../../../src/core/label/resource.ts';
import type { Stage } from './stage.ts';

/** Reads a file of the stage's workspace as the editor's reader does: every name looked up, the policy's word put on it. */
export async function read(stage: Stage, file: string): Promise<DocumentSnapshot> {
  return readUri(stage, stage.workspace.uri(file));
}

/** The same by URI; `text` is what an editor would show there, where no plain file lies behind it. */
export async function readUri(stage: Stage, uri: string, text?: string): Promise<DocumentSnapshot> {
  const content = text ?? (await readFile(fileURLToPath(uri), 'utf8'));
  const resource = withPatchedFiles(await stage.identify(uri, []), content);
  return shown(stage, { kind: 'file', resource }, content);
}

/** A document of any origin, labelled as the policy stands now. */
export function shown(stage: Stage, provenance: Provenance, text: string): DocumentSnapshot {
  const { reach, rules } = stage.policy.decide(provenance);
  const resource = resourceOf(provenance);
  return {
    uri: resource?.uri ?? `untitled:${provenance.kind}`,
    display: resource?.display ?? provenance.kind,
    languageId: 'typescript',
    version: 1,
    text: labelled(text, labelOf([{ provenance, reach, rules }])),
    indent: { tabs: false, size: 2 },
  };
}

function resourceOf(provenance: Provenance): Resource | undefined {
  return provenance.kind === 'file' ? provenance.resource : undefined;
}

/** The text of a sensitive file: code with the word in it, of no kind that a scan would know. */
export function holding(word: string): string {
  return `// Written for this machine.\nexport const word = '${word}';\nexport function use() {\n  return \n}\n`;
}
