import type { Backend } from '../backend/backend.ts';
import { createBackends } from '../backend/kinds.ts';
import { clock } from '../vscode/clock.ts';
import type { Keys } from '../vscode/models/keys.ts';
import type { SettingsSource } from '../vscode/settings/settings.ts';

type Dependencies = {
  readonly settings: SettingsSource;
  readonly keys: Keys;
  /** The engine in this process. */
  readonly embedded: Backend;
  /** Says which machine a loopback address means, where that could surprise. */
  readonly whereAsked: string | undefined;
};

/** The backends that the settings name now, made anew when the settings are, and the engine in this process. */
export function composeBackends(dependencies: Dependencies): () => readonly Backend[] {
  const { settings, embedded } = dependencies;
  const all = (): readonly Backend[] => [...make(dependencies), embedded];
  let made = { from: settings.current(), backends: all() };
  return () => {
    if (made.from !== settings.current()) made = { from: settings.current(), backends: all() };
    return made.backends;
  };
}

function make({ settings, keys, whereAsked }: Dependencies): readonly Backend[] {
  return createBackends({
    settings: settings.current(),
    whereAsked,
    now: clock.elapsed,
    keyFor: async (id) => {
      const backend = settings.current().backends.find((record) => record.id === id);
      return backend && (await keys.keyFor(backend));
    },
  });
}
