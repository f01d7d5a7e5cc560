import type { ListedModel } from './guard.ts';
import type { ModelRef } from './model.ts';
import { unfitFor } from './unfit.ts';

/**
 * The model that completes when the user names none: of those proved to run on this machine and trained to fill a hole, the
 * smallest, because at completion the wait is felt more than the wit. Undefined when there is none.
 */
export function chooseCompletionModel(models: readonly ListedModel[]): ModelRef | undefined {
  const fit = local(models).filter(({ info }) => unfitFor('completion', info) === undefined);
  return bySize(fit)[0]?.info.ref;
}

/** The model that a chat starts with when the user names none: the largest on this machine that can chat. */
export function chooseChatModel(models: readonly ListedModel[]): ModelRef | undefined {
  const able = local(models).filter(({ info }) => unfitFor('chat', info) === undefined);
  return bySize(able).at(-1)?.info.ref;
}

function local(models: readonly ListedModel[]): readonly ListedModel[] {
  return models.filter(({ proof }) => proof.zone === 'device');
}

/**
 * Smallest first; a model of unknown size comes last. Of equal ones the family that code tests like better, then the name
 * decides, so that the choice does not change by the hour.
 */
function bySize(models: readonly ListedModel[]): readonly ListedModel[] {
  const size = ({ info }: ListedModel): number => info.bytes ?? Number.MAX_SAFE_INTEGER;
  return models.toSorted(
    (a, b) =>
      size(a) - size(b) ||
      liking(a.info.ref.model) - liking(b.info.ref.model) ||
      a.info.ref.model.localeCompare(b.info.ref.model),
  );
}

function liking(model: string): number {
  const place = liked.findIndex((family) => model.includes(family));
  return place === -1 ? liked.length : place;
}

const liked = ['qwen', 'codestral', 'deepseek', 'starcoder2', 'codegemma', 'granite'] as const;
