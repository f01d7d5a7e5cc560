import type { Reach } from '../../label/reach.ts';
import type { NameKind } from '../../label/resource.ts';
import type { PolicyLayer } from '../ruleRef.ts';
import type { PolicyState } from '../state.ts';

/** The farthest place of a reach, as people call it. */
export const placeNames: Readonly<Record<Reach, string>> = {
  none: 'no model at all',
  device: 'this machine',
  perimeter: "your organisation's servers",
  cloud: 'the cloud',
};

/** What a reach means for a file, as the rest of a sentence about it. */
export const reachStatements: Readonly<Record<Reach, string>> = {
  none: 'goes to no model',
  device: 'stays on this machine',
  perimeter: "stays on your organisation's servers",
  cloud: 'may go to the cloud',
};

/** Who says what a rule says. */
export const layerNames: Readonly<Record<PolicyLayer, string>> = {
  managed: "your administrator's policy",
  user: 'your own policy',
  workspace: 'the policy',
  nested: 'a nested policy',
  imported: 'an ignore file',
  'built-in': 'built in',
};

/** What a state of the policy means for what may leave. */
export const stateNames: Readonly<Record<PolicyState['kind'], string>> = {
  none: 'There is no policy file, so nothing goes to the cloud.',
  loading: 'The policy is being read; nothing goes to the cloud meanwhile.',
  invalid: 'The policy has an error, so nothing goes to the cloud.',
  loaded: 'The policy holds.',
};

/** By which of a file's names a rule matched; nothing where it is the plain one. */
export const nameKinds: Readonly<Record<NameKind, string | undefined>> = {
  path: undefined,
  'real path': 'its real path',
  link: 'a link on its way',
  'previous name': 'its former name',
  'underlying file': 'the file beneath it',
  'hard link': 'another name of the same file',
  'archive member': 'the archive it is in',
};

/** Words as they begin a line. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
