import type { Outcome } from './outcome.ts';

/** One thing that the command line can do. */
export type Command = {
  /** As it is typed: `check`, `audit verify`. */
  readonly name: string;
  /** What follows the name: `PATH…`; empty for nothing. */
  readonly operands: string;
  /** How many operands there may be. */
  readonly count: { readonly least: number; readonly most: number };
  /** One line. */
  readonly summary: string;
  /** Paragraphs for the help text. */
  readonly help: readonly string[];
  readonly options: readonly Option[];
  readonly run: (call: Call) => Promise<Outcome>;
};

export type Option = {
  /** Without the hyphens. */
  readonly name: string;
  /** What stands for its value in the help text; an option without a value is a switch. */
  readonly value?: string;
  readonly help: string;
};

/** A command with what was given to it. */
export type Call = {
  readonly operands: readonly string[];
  /** The last value given for an option. */
  readonly value: (option: string) => string | undefined;
  readonly all: (option: string) => readonly string[];
  readonly has: (option: string) => boolean;
  readonly surroundings: Surroundings;
};

export type Surroundings = {
  /** The folder that the command was started in, an absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};
