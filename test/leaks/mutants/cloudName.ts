import type { NameSource } from '../../../src/core/zone/cloudName.ts';

export * from '../../../src/core/zone/cloudName.ts';

/** Names of models mean nothing, and none is pinned. */
export function nameSource(): NameSource {
  return 'open';
}

export function pinnedName(name: string): string {
  return name;
}
