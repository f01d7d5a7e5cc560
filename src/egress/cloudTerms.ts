import type { CloudSettings } from '../core/policy/settings.ts';
import type { CloudTerms } from '../backend/approved.ts';

/** What the joined policy asks of a cloud request, in the form that backends pass on. */
export function cloudTerms({ dataCollection, retention, upstreams }: CloudSettings): CloudTerms {
  const [first, ...rest] = upstreams.map((list) => list.map((name) => name.toLowerCase()));
  return {
    dataCollection,
    zeroRetention: retention === 'deny',
    // An empty list is kept: it means that the layers leave nobody, and the guard refuses.
    ...(first && { upstreams: first.filter((name) => rest.every((list) => list.includes(name))) }),
  };
}

/** Whether a backend that cannot pass terms on would break them, or nobody could meet them. */
export function cannotMeet({ zeroRetention, upstreams }: CloudTerms, keepsTerms: boolean): boolean {
  if (upstreams?.length === 0) return true;
  return !keepsTerms && (zeroRetention || upstreams !== undefined);
}
