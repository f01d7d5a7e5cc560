import path from 'node:path';

/** The vector that is played once for each way in which completion comes to ask a model. */
const completionInside = 1;

/**
 * Ways in which the protection could be broken. Each puts modules of test/leaks/mutants in the place of modules of the
 * product, in a bundle alone: the product has no switch. `groups` are those in which a play must then fail; `fuzz`: the random
 * sessions must leak too; `everyPlay`: of these vectors, every single play must fail.
 *
 * @type {readonly { name: string, replaces: Readonly<Record<string, string>>, groups: string, fuzz: boolean, everyPlay?: readonly number[] }[]}
 */
export const mutants = [
  {
    name: 'guard off',
    replaces: {
      'src/egress/guardDecide.ts': 'guardDecide.ts',
      'src/egress/admit.ts': 'admit.ts',
      'src/egress/clearBody.ts': 'clearBody.ts',
    },
    groups: 'ABCDEFGHIJK',
    fuzz: true,
    everyPlay: [completionInside],
  },
  {
    name: 'every part kept',
    replaces: { 'src/egress/guardDecide.ts': 'guardDecide.ts' },
    groups: 'ABCDEFGHIJK',
    fuzz: true,
    everyPlay: [completionInside],
  },
  { name: 'everyone admitted', replaces: { 'src/egress/admit.ts': 'admit.ts' }, groups: 'J', fuzz: false },
  { name: 'scan off', replaces: { 'src/egress/scan/scan.ts': 'scan.ts' }, groups: 'ABDEFH', fuzz: false },
  {
    name: 'proof off',
    replaces: { 'src/core/zone/zoneOf.ts': 'zoneOf.ts' },
    groups: 'ABCDEFGHIJK',
    fuzz: true,
    everyPlay: [completionInside],
  },
  {
    name: 'labels dropped',
    replaces: { 'src/core/label/labelled.ts': 'labelled.ts' },
    groups: 'ABCDEFGHIJK',
    fuzz: true,
    everyPlay: [completionInside],
  },
  {
    name: 'stored labels dropped',
    replaces: { 'src/core/chat/restoreLabel.ts': 'restoreLabel.ts' },
    groups: 'G',
    fuzz: true,
  },
  {
    name: 'no rule holds',
    replaces: { 'src/core/policy/decide.ts': 'decide.ts' },
    groups: 'ABCDEFGHIJK',
    fuzz: true,
    everyPlay: [completionInside],
  },
  { name: 'one name only', replaces: { 'src/core/label/identity.ts': 'identity.ts' }, groups: 'BC', fuzz: true },
  { name: 'no ratchet', replaces: { 'src/core/policy/hold.ts': 'hold.ts' }, groups: 'EJ', fuzz: true },
  {
    name: 'policy never looked at again',
    replaces: { 'src/core/policy/keeper.ts': 'keeper.ts' },
    groups: 'J',
    fuzz: true,
  },
  {
    name: 'model names believed',
    replaces: { 'src/core/zone/cloudName.ts': 'cloudName.ts' },
    groups: 'I',
    fuzz: false,
  },
  {
    name: 'policy not waited for',
    replaces: { 'src/core/policy/decideIn.ts': 'decideIn.ts' },
    groups: 'J',
    fuzz: true,
  },
  {
    name: 'declassify check off',
    replaces: { 'src/core/declassify/checkLeave.ts': 'checkLeave.ts' },
    groups: 'H',
    fuzz: true,
  },
  {
    name: 'every rule declassified',
    replaces: { 'src/core/declassify/mayDeclassify.ts': 'mayDeclassify.ts' },
    groups: 'H',
    fuzz: true,
  },
  {
    name: 'outages go wider',
    replaces: { 'src/assistant/converse/outage.ts': 'outage.ts' },
    groups: 'G',
    fuzz: true,
  },
  { name: 'copies forgotten', replaces: { 'src/core/chat/copies.ts': 'copies.ts' }, groups: 'H', fuzz: true },
  {
    name: 'what is offered taken for accepted',
    replaces: { 'src/core/completion/asIfAccepted.ts': 'asIfAccepted.ts' },
    groups: 'G',
    fuzz: false,
  },
  {
    name: 'what is selected taken for accepted',
    replaces: { 'src/core/completion/selectedItem.ts': 'selectedItem.ts' },
    groups: 'D',
    fuzz: false,
  },
  {
    name: 'what is gone sent on',
    replaces: { 'src/core/prompt/anchor.ts': 'anchor.ts' },
    groups: 'K',
    fuzz: false,
  },
  {
    name: 'models taken to stay where they were',
    replaces: { 'src/core/prompt/completionPrompt.ts': 'completionPrompt.ts' },
    groups: 'I',
    fuzz: false,
  },
];

/**
 * Puts the mutant's modules in the place of the product's, for everyone but the mutant itself, which may build on what it
 * replaces.
 *
 * @param {Readonly<Record<string, string>>} replaces
 * @returns {import('esbuild').Plugin}
 */
export function mutate(replaces) {
  const folder = path.resolve('test/leaks/mutants');
  const swapped = new Map(
    Object.entries(replaces).map(([module, mutant]) => [path.resolve(module), path.join(folder, mutant)]),
  );
  return {
    name: 'mutant',
    setup(plugin) {
      plugin.onResolve({ filter: /^\.{1,2}\// }, ({ path: file, resolveDir, importer }) => {
        const mutant = swapped.get(path.resolve(resolveDir, file));
        return mutant === undefined || path.dirname(importer) === folder ? undefined : { path: mutant };
      });
    },
  };
}
