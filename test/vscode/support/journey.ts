import type { Workbench } from './workbench.ts';

/**
 * Declares a journey: what a person does in a real VS Code with the packaged extension, step by step. Each step is one test.
 * The steps share one server, one window and one workspace; the first that fails ends the journey, and those behind it count
 * as failed. A file exports one journey under the name `journey`.
 */
export function defineJourney<Fixture extends Prepared>(journey: Journey<Fixture>): Journey<Fixture> {
  return journey;
}

export interface Journey<Fixture extends Prepared> {
  readonly name: string;
  /** Called before VS Code is started: starts fake servers and says how VS Code shall be set up. */
  readonly prepare: () => Promise<Fixture>;
  /** In the order in which they are written. */
  readonly steps: Readonly<Record<string, (workbench: Workbench, fixture: Fixture) => Promise<void>>>;
  /** Longest time for one step in milliseconds; 120,000 unless told. */
  readonly stepTimeout?: number;
}

/** How VS Code is set up for a journey. What else `prepare` returns is handed to the steps. */
export interface Prepared {
  /** The user's settings, beside the harness's own (no updates, no tips, trust as below). */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine that a remote window shows, as the description of a container may set them. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the workspace by path, over those of test/sample; `null` removes one, a folder too. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Whether Workspace Trust is on, so that the window opens in Restricted Mode. */
  readonly trust?: boolean;
  /** File to open at the start, relative to the workspace. */
  readonly open?: string;
  /** Folder of an extension that runs beside the packaged one, relative to the repository. */
  readonly beside?: string;
  /** Called after VS Code has been stopped. */
  readonly stop?: () => Promise<void>;
}
