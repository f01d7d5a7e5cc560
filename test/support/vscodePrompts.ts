// The part of the editor's API that asks the user something and tells the user something. A test answers through `prompts`,
// which is no part of the API.

type InputOptions = { readonly validateInput?: (text: string) => string | undefined };
type Item = { readonly label: string; readonly detail?: string };

export const ProgressLocation = { Window: 10, Notification: 15 } as const;
export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;

/** The test's hand on the dialogues: answers are taken in order, and what was shown is kept. */
export const prompts = {
  /** What the user types into the next input boxes; `undefined` closes one. */
  typed: [] as (string | undefined)[],
  /** The labels that the user picks from the next lists; `undefined` closes one. */
  picked: [] as (string | undefined)[],
  /** What the input boxes said against what was typed. */
  objections: [] as (string | undefined)[],
  /** The labels of each list that was shown. */
  lists: [] as string[][],
  /** The details below those labels. */
  details: [] as (string | undefined)[][],
  /** Every message, as `information: …`, `warning: …` or `error: …`. */
  messages: [] as string[],
  /** The buttons below each message. */
  buttons: [] as (readonly string[])[],
  /** The buttons that the user presses below the next messages; `undefined` closes one. */
  pressed: [] as (string | undefined)[],
  /** What each progress said. */
  progress: [] as { readonly message?: string; readonly increment?: number }[],
  reset: (): void => {
    for (const list of [prompts.typed, prompts.picked, prompts.objections, prompts.lists, prompts.messages])
      list.length = 0;
    for (const list of [prompts.details, prompts.progress, prompts.buttons, prompts.pressed]) list.length = 0;
  },
};

/** Like the editor, an input box gives only what it has nothing against. */
export const dialogues = {
  showInputBox: async ({ validateInput }: InputOptions): Promise<string | undefined> => {
    const text = prompts.typed.shift();
    if (text === undefined) return undefined;
    const objection = validateInput?.(text);
    prompts.objections.push(objection);
    return objection === undefined ? text : undefined;
  },
  showQuickPick: async (items: readonly Item[] | Promise<readonly Item[]>): Promise<Item | undefined> => {
    const shown = await items;
    prompts.lists.push(shown.map(({ label }) => label));
    prompts.details.push(shown.map(({ detail }) => detail));
    const wanted = prompts.picked.shift();
    return shown.find(({ label }) => label === wanted);
  },
  showInformationMessage: tell('information'),
  showWarningMessage: tell('warning'),
  showErrorMessage: tell('error'),
  withProgress: async (_options: unknown, task: (progress: unknown, token: unknown) => unknown): Promise<unknown> =>
    task(
      { report: (step: (typeof prompts.progress)[number]) => prompts.progress.push(step) },
      { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) },
    ),
};

function tell(kind: string) {
  return async (message: string, ...buttons: readonly string[]): Promise<string | undefined> => {
    prompts.messages.push(`${kind}: ${message}`);
    prompts.buttons.push(buttons);
    const wanted = prompts.pressed.shift();
    return buttons.find((label) => label === wanted);
  };
}
