import { conversation } from './matrix/conversation.ts';
import { derived } from './matrix/derived.ts';
import { destination } from './matrix/destination.ts';
import { direct } from './matrix/direct.ts';
import { git } from './matrix/git.ts';
import { identity } from './matrix/identity.ts';
import { policyFile } from './matrix/policyFile.ts';
import { schemes } from './matrix/schemes.ts';
import { sideChannels } from './matrix/sideChannels.ts';
import { tools } from './matrix/tools.ts';
import { transfer } from './matrix/transfer.ts';
import type { Vector } from './matrix/vector.ts';

/** Every known way in which a sensitive file could reach a place that it may not reach, and what becomes of it here. */
export const vectors: readonly Vector[] = [
  direct,
  identity,
  schemes,
  derived,
  git,
  tools,
  conversation,
  transfer,
  destination,
  policyFile,
  sideChannels,
].flat();
