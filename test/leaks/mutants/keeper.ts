import {
  createPolicyKeeper as original,
  type KeeperDependencies,
  type PolicyKeeper,
} from '../../../src/core/policy/keeper.ts';

export * from '../../../src/core/policy/keeper.ts';

/** What was read once is never compared with the disk. */
export function createPolicyKeeper(dependencies: KeeperDependencies): PolicyKeeper {
  return { ...original(dependencies), fresh: async () => true };
}
