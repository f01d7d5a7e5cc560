import { embeddedModel } from '../embedded/embeddedModel.ts';
import type { ModelRef } from '../exchange/model.ts';
import { isFlag } from '../protocol/shape.ts';
import { parseBackends } from './parseBackends.ts';
import { createSettingReader, type RawSettings } from './settingReader.ts';
import type { BackendRecord, CompletionSettings, SettingProblem, Settings } from './settings.ts';

/**
 * Turns raw values into a checked snapshot. A value that makes no sense is replaced by its default and reported; nothing
 * a wrong value says can widen what may leave, because zones and backends have no permissive default.
 */
export function parseSettings(raw: RawSettings): {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  const read = createSettingReader(raw, problems);
  const completionModel = read.model('completion.model');
  const nearerModel = read.model('completion.nearerModel');
  const chatModel = read.model('chat.model');
  const completion: CompletionSettings = {
    enabled: read.boolean('completion.enabled', true),
    ...(completionModel && { model: completionModel }),
    ...(nearerModel && { nearerModel }),
    trigger: read.choice('completion.trigger', ['automatic', 'manual']),
    delay: read.delay('completion.delay'),
    whileListOpen: read.boolean('completion.whileListOpen', true),
    lines: read.choice('completion.lines', ['auto', 'single', 'multiple']),
    maxLines: read.number('completion.maxLines', { low: 1, high: 100, fallback: 12 }),
    languages: read.record('completion.languages', isFlag),
    exclude: read.strings('completion.exclude'),
    templates: read.templates('completion.templates'),
    warm: read.boolean('completion.warm', true),
    embedded: read.boolean('completion.embedded', true),
  };
  const backends = parseBackends(raw['backends'], problems);
  problems.push(
    ...strangers(backends, {
      'completion.model': completionModel,
      'completion.nearerModel': nearerModel,
      'chat.model': chatModel,
    }),
  );
  const settings: Settings = {
    backends,
    contextLength: read.number('contextLength', { low: 2048, high: 1_048_576, fallback: 8192 }),
    keepAlive: read.keepAlive('keepAlive', '30m'),
    completion: Object.freeze(completion),
    chat: Object.freeze(chatModel ? { model: chatModel } : {}),
  };
  return { settings: Object.freeze(settings), problems };
}

/** Models of backends that nobody has set up: each is kept, and passed over until its backend is there. */
function strangers(
  backends: readonly BackendRecord[],
  models: Readonly<Record<string, ModelRef | undefined>>,
): readonly SettingProblem[] {
  const known = [...backends.map(({ id }) => id), embeddedModel.backend];
  return Object.entries(models).flatMap(([key, model]) =>
    model === undefined || known.includes(model.backend)
      ? []
      : [{ key, message: `There is no backend "${model.backend}"; known are ${known.join(', ')}.` }],
  );
}
