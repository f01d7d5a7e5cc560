import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The history of one project as data: its files before, and what each commit changed. See README.md beside this file. */
export type Trace = {
  readonly name: string;
  readonly language: string;
  readonly licence: string;
  readonly files: Readonly<Record<string, string>>;
  readonly commits: readonly { readonly changes: readonly Change[] }[];
};

/** Edits of one file, last line first. */
export type Change = { readonly path: string; readonly edits: readonly Edit[] };

/** At line `line`, counted from zero, `remove` lines go and `insert` come. */
export type Edit = { readonly line: number; readonly remove: number; readonly insert: readonly string[] };

/** Reads the traces of the folder that `--traces=` names, by default those that come with the benchmarks. */
export function loadTraces(args: readonly string[] = process.argv): readonly Trace[] {
  const folder = args.find((arg) => arg.startsWith('--traces='))?.slice('--traces='.length) ?? 'test/bench/corpus';
  const only = args
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const traces = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => parseTrace(readFileSync(path.join(folder, file), 'utf8'), file))
    .filter((trace) => !only || only.includes(trace.name));
  if (traces.length === 0) throw new Error(`No trace in ${folder}. Record one with test/bench/corpus/record.mjs.`);
  return traces;
}

function parseTrace(text: string, file: string): Trace {
  const value: unknown = JSON.parse(text);
  if (!isTrace(value))
    throw new Error(`${file} is not a trace: name, language, licence, files and commits are needed.`);
  return value;
}

function isTrace(value: unknown): value is Trace {
  if (typeof value !== 'object' || value === null) return false;
  return ['name', 'language', 'licence', 'files', 'commits'].every((key) => key in value);
}
