import type { Play } from './play.ts';
import { asking } from './plays/asking.ts';
import { consent } from './plays/consent.ts';
import { conversation } from './plays/conversation.ts';
import { derived } from './plays/derived.ts';
import { destination } from './plays/destination.ts';
import { direct } from './plays/direct.ts';
import { git } from './plays/git.ts';
import { identity } from './plays/identity.ts';
import { outage } from './plays/outage.ts';
import { policyFile } from './plays/policyFile.ts';
import { policyTrouble } from './plays/policyTrouble.ts';
import { schemes } from './plays/schemes.ts';
import { sideChannels } from './plays/sideChannels.ts';
import { spellings } from './plays/spellings.ts';
import { tools } from './plays/tools.ts';
import { transfer } from './plays/transfer.ts';
import { writing } from './plays/writing.ts';

/** Every play of every vector that can be played without an editor. */
export const plays: readonly Play[] = [
  direct,
  asking,
  identity,
  spellings,
  schemes,
  derived,
  git,
  tools,
  conversation,
  outage,
  transfer,
  consent,
  destination,
  policyFile,
  policyTrouble,
  sideChannels,
  writing,
].flat();
