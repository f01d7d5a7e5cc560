import { parseModelRef, type ModelRef } from '../exchange/model.ts';
import { fimFamilies, isFimFamily } from '../prompt/fimFamilies.ts';
import { isFlag, isRecord, isText } from '../protocol/shape.ts';
import type { SettingProblem } from './settings.ts';

/** Raw values by key below `ringfence.`, as the user or a trusted workspace wrote them; absent keys take the default. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** Reads one kind of setting each; a value that makes no sense is added to `problems` and replaced by the default. */
export function createSettingReader(raw: RawSettings, problems: SettingProblem[]) {
  const wrong = <T>(key: string, message: string, fallback: T): T => {
    problems.push({ key, message });
    return fallback;
  };
  return {
    boolean(key: string, fallback: boolean): boolean {
      const value = raw[key] ?? fallback;
      return isFlag(value) ? value : wrong(key, 'Write true or false.', fallback);
    },
    number(
      key: string,
      { low, high, fallback }: { readonly low: number; readonly high: number; readonly fallback: number },
    ) {
      const value = raw[key] ?? fallback;
      return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
        ? value
        : wrong(key, `Write a whole number from ${low} to ${high}.`, fallback);
    },
    choice<const T extends readonly [string, ...string[]]>(key: string, choices: T): T[number] {
      const value = raw[key] ?? choices[0];
      return (
        choices.find((choice) => choice === value) ?? wrong(key, `Write one of ${choices.join(', ')}.`, choices[0])
      );
    },
    delay(key: string): 'adaptive' | number {
      const value = raw[key] ?? 'adaptive';
      if (value === 'adaptive') return value;
      return typeof value === 'number' && value >= 0 && value <= 5000
        ? value
        : wrong(key, 'Write "adaptive" or milliseconds from 0 to 5000.', 'adaptive');
    },
    keepAlive(key: string, fallback: string): string {
      const value = raw[key] ?? fallback;
      return isText(value) && /^(-1|0|\d+(\.\d+)?(ms|s|m|h))$/.test(value)
        ? value
        : wrong(key, 'Write a time such as "30m" or "2h", or "-1" for ever.', fallback);
    },
    model(key: string): ModelRef | undefined {
      const value = raw[key];
      if (value === undefined || value === '') return undefined;
      const ref = isText(value) ? parseModelRef(value) : undefined;
      return ref ?? wrong(key, 'Write backendId/model, for example ollama/qwen2.5-coder:1.5b.', undefined);
    },
    record<T>(key: string, isValue: (value: unknown) => value is T): Readonly<Record<string, T>> {
      const value = raw[key] ?? {};
      if (!isRecord(value) || !Object.values(value).every(isValue))
        return wrong(key, 'Write an object of name and value.', {});
      return Object.freeze(
        Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => isValue(entry[1]))),
      );
    },
    /** Model name → family; an entry that names none is left out. */
    templates(key: string): Readonly<Record<string, string>> {
      const named = Object.entries(this.record(key, isText));
      for (const [model, family] of named)
        if (!isTemplate(family)) wrong(key, `"${family}" for ${model} is no family; write one of ${known}.`, undefined);
      return Object.freeze(Object.fromEntries(named.filter(([, family]) => isTemplate(family))));
    },
    strings(key: string): readonly string[] {
      const value = raw[key] ?? [];
      return Array.isArray(value) && value.every(isText)
        ? Object.freeze(value)
        : wrong(key, 'Write a list of texts.', []);
    },
  };
}

function isTemplate(family: string): boolean {
  return family === 'suffix' || isFimFamily(family);
}

const known = [...fimFamilies, 'suffix'].join(', ');
