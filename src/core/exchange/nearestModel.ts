import { listedName, nameSource } from '../zone/cloudName.ts';
import type { ListedModel } from './guard.ts';
import type { ModelRef } from './model.ts';
import { readModelName, type ModelName } from './modelName.ts';
import { unfitFor, type ModelUse } from './unfit.ts';

/**
 * The installed model that is the missing one under another tag: of the same server, family and size, in another
 * quantisation or tuning, and of use for the purpose. Never one that runs in the cloud. Undefined where there is none. To be
 * offered, not to be taken: only the user knows whether it will do.
 */
export function nearestModel(missing: ModelRef, models: readonly ListedModel[], use: ModelUse): ModelRef | undefined {
  const wanted = readModelName(missing.model);
  const alike = models.filter(
    ({ info, proof }) =>
      info.ref.backend === missing.backend &&
      listedName(info.ref.model) !== listedName(missing.model) &&
      proof.zone !== 'cloud' &&
      nameSource(info.ref.model) !== 'cloud' &&
      unfitFor(use, info) === undefined &&
      isSame(wanted, info),
  );
  return alike.toSorted((a, b) => strangeness(wanted, a) - strangeness(wanted, b) || byBytes(a, b) || byName(a, b))[0]
    ?.info.ref;
}

function isSame(wanted: ModelName, { ref, parameterSize }: ListedModel['info']): boolean {
  const own = readModelName(ref.model);
  if (own.family !== wanted.family) return false;
  // Who names no size leaves it to the server which one `latest` is.
  if (wanted.size === '') return true;
  if (own.size !== '') return own.size === wanted.size;
  return isAbout(parametersIn(parameterSize ?? ''), parametersIn(wanted.size));
}

/** How much else than the quantisation is different. Another's upload of a model comes after the library's. */
function strangeness({ tuning }: ModelName, { info }: ListedModel): number {
  const own = readModelName(info.ref.model).tuning;
  return (own === tuning ? 0 : 1) + (info.ref.model.includes('/') ? 0.5 : 0);
}

/** A server counts to the last layer, a name is rounded: 7.6B is what is called 7b. */
function isAbout(counted: number | undefined, named: number | undefined): boolean {
  return counted !== undefined && named !== undefined && Math.abs(counted - named) <= 0.12 * named;
}

/** `7.6B` and `494.03M` in parameters; undefined for anything else. */
function parametersIn(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bm])$/i.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * (match[2]?.toLowerCase() === 'b' ? 1e9 : 1e6);
}

function byBytes(a: ListedModel, b: ListedModel): number {
  return (a.info.bytes ?? Number.MAX_SAFE_INTEGER) - (b.info.bytes ?? Number.MAX_SAFE_INTEGER);
}

function byName(a: ListedModel, b: ListedModel): number {
  return a.info.ref.model.localeCompare(b.info.ref.model);
}
