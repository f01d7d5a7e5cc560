import type { ListedModel } from '../exchange/guard.ts';
import { formatModelRef, type ModelRef } from '../exchange/model.ts';
import type { BackendError } from '../exchange/stream.ts';
import { mayReach, zones, type Zone } from '../label/reach.ts';
import { nearestPossibleZone, parseDestination } from '../zone/destination.ts';
import { listedModel, type ChatState } from './chatState.ts';
import type { StandIn } from './conversation.ts';

/** Whether the server was not there at all, so that another could do its work. */
export function isOutage({ reason }: BackendError): boolean {
  return reason === 'not-running' || reason === 'timeout';
}

/**
 * The next model farther away than the one that failed, nearest first. A model in the cloud costs money and is one of
 * hundreds: it counts only where the user has named it before, newest first in `named`, or where its backend has no other.
 */
export function standInFor(state: ChatState, failed: ModelRef, named: readonly ModelRef[]): StandIn | undefined {
  const from = zoneOfModel(state, failed);
  const farther = state.board
    .filter(({ error }) => !error)
    .flatMap(({ models }) => models.filter(canChat).filter((model) => isEligible(model, models.filter(canChat), named)))
    .filter(({ proof }) => proof.zone !== from && mayReach(proof.zone, from));
  const [best] = farther.toSorted(
    (a, b) => zones.indexOf(a.proof.zone) - zones.indexOf(b.proof.zone) || placeIn(named, a) - placeIn(named, b),
  );
  return best && { model: best.info.ref, zone: best.proof.zone };
}

function canChat({ info }: ListedModel): boolean {
  return !info.capabilities.includes('embedding');
}

function isEligible(model: ListedModel, all: readonly ListedModel[], named: readonly ModelRef[]): boolean {
  return model.proof.zone !== 'cloud' || all.length === 1 || placeIn(named, model) < named.length;
}

function placeIn(named: readonly ModelRef[], { info }: ListedModel): number {
  const place = named.findIndex((ref) => formatModelRef(ref) === formatModelRef(info.ref));
  return place < 0 ? named.length : place;
}

/** Where the model would have been served: as listed while its server answered, else as its address allows. */
function zoneOfModel(state: ChatState, ref: ModelRef): Zone {
  const listed = listedModel(state, ref);
  if (listed) return listed.proof.zone;
  const backend = state.board.find((entry) => entry.backend.id === ref.backend)?.backend;
  const parsed = backend && parseDestination(backend.url);
  if (parsed?.kind !== 'destination') return 'cloud';
  const { destination } = parsed;
  // Of a relay on this machine that nobody vouches for nothing farther can be said.
  if (backend?.kind !== 'ollama' && backend?.zone === undefined) return 'cloud';
  return nearestPossibleZone(destination, backend.zone);
}
