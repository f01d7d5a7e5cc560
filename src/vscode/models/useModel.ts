import { formatModelRef, sameModel, type ModelRef } from '../../core/exchange/model.ts';
import type { ModelUse } from '../../core/exchange/unfit.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { writeSetting } from '../settings/settingScope.ts';

/**
 * Puts a model in the place of another in the settings of that use. Which models serve counts in the user's own settings
 * only, so it is written there.
 */
export async function useModel(
  found: ModelRef,
  { missing, use, settings }: { readonly missing: ModelRef; readonly use: ModelUse; readonly settings: Settings },
): Promise<void> {
  const keys = use === 'chat' ? ['chat.model'] : completionKeysNaming(missing, settings);
  for (const key of keys) await writeSetting(key, formatModelRef(found), 'user');
}

/** The settings of completion that name a model; none where it serves because it was found installed. */
export function completionKeysNaming(model: ModelRef, { completion }: Settings): readonly string[] {
  const naming = (['model', 'nearerModel'] as const).filter((key) => {
    const named = completion[key];
    return named !== undefined && sameModel(named, model);
  });
  return naming.map((key) => `completion.${key}`);
}
