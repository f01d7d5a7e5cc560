import type { Coverage } from './coverage.ts';

/** `12 files`, `at least 100000 files` where the list was cut short, `no file`. */
export function countFiles(count: number, { complete }: Pick<Coverage, 'complete'>): string {
  if (count === 0) return complete ? 'no file' : 'no file of those listed';
  return `${complete ? '' : 'at least '}${count} ${count === 1 ? 'file' : 'files'}`;
}
