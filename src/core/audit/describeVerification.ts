import type { Verification } from './verification.ts';

/** A verification in lines for people: the verdict first, then faults, gaps and the heads worth keeping elsewhere. */
export function describeVerification({ kind, records, chains, faults, gaps }: Verification): readonly string[] {
  const where = ({ file, line }: { readonly file: string; readonly line?: number }): string =>
    line === undefined ? file : `${file}:${line}`;
  return [
    headline[kind](records, faults.length),
    ...faults.map((fault) => `${where(fault)}: ${fault.message}`),
    ...gaps.map((gap) => `${where(gap)}: note: ${gap.message}`),
    ...chains.map(({ chain, lastSeq, lastHash }) => `head of ${chain}: record ${lastSeq}, ${lastHash}`),
  ];
}

const headline: Readonly<Record<Verification['kind'], (records: number, faults: number) => string>> = {
  intact: (records) => `The ledger is intact: ${records} records.`,
  broken: (records, faults) => `The ledger was changed: ${faults} faults in ${records} records.`,
  unproved: (records) => `${records} records link up, but their hashes need a key that was not given.`,
  empty: () => 'There is no ledger here.',
};
