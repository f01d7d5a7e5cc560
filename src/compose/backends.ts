import type { Backend } from '../backend/backend.ts';
import { createBackends } from '../backend/kinds.ts';
import { clock } from '../vscode/clock.ts';
import type { Keys } from '../vscode/keys.ts';
import type { SettingsSource } from '../vscode/settings.ts';

/** The backends that the settings name now, made anew when the settings are, and the engine in this process. */
export function composeBackends(settings: SettingsSource, keys: Keys, embedded: Backend): () => readonly Backend[] {
  const all = (): readonly Backend[] => [...make(settings, keys), embedded];
  let made = { from: settings.current(), backends: all() };
  return () => {
    if (made.from !== settings.current()) made = { from: settings.current(), backends: all() };
    return made.backends;
  };
}

function make(settings: SettingsSource, keys: Keys): readonly Backend[] {
  return createBackends({
    settings: settings.current(),
    now: clock.elapsed,
    keyFor: async (id) => {
      const backend = settings.current().backends.find((record) => record.id === id);
      return backend && (await keys.keyFor(backend));
    },
  });
}
