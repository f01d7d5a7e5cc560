import { auditReport } from './auditReport.ts';
import { auditVerify } from './auditVerify.ts';
import { check } from './check.ts';
import type { Command, Surroundings } from './command.ts';
import { explainPaths } from './explain.ts';
import { exportPolicy } from './export.ts';
import { commandHelp, generalHelp } from './help.ts';
import { list } from './list.ts';
import { failed, type Outcome } from './outcome.ts';
import { parseCall } from './parseCall.ts';
import { productVersion } from './version.ts';

/** What is to be printed, and the exit code. */
export type Printed = { readonly exit: number; readonly out: string; readonly err: string };

const commands: readonly Command[] = [check, explainPaths, list, exportPolicy, auditVerify, auditReport];

/** Runs one command line. Never rejects: what goes wrong is printed. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<Printed> {
  const [first] = args;
  if (first === undefined) return { exit: 2, out: '', err: `${generalHelp(commands)}\n` };
  if (first === '--help' || first === 'help') return plain(generalHelp(commands));
  if (first === '--version') return plain(await productVersion());
  const command = commands.find(({ name }) => isNamed(name, args));
  if (!command) return print(undefined, failed(unknown(args), 'Run "ringfence --help" to see what there is.'), args);
  const rest = args.slice(command.name.split(' ').length);
  const call = parseCall(command, rest, surroundings);
  if ('kind' in call) return print(command, call, args);
  if (call.has('help')) return plain(commandHelp(command));
  try {
    return print(command, await command.run(call), args);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return print(command, failed(`"ringfence ${command.name}" could not go on: ${why}`, whatThen), args);
  }
}

const whatThen = 'Check that the folder and its files are there and readable.';

function isNamed(name: string, args: readonly string[]): boolean {
  return name.split(' ').every((word, index) => args[index] === word);
}

function unknown(args: readonly string[]): string {
  const [first = '', second] = args;
  const isGroup = commands.some(({ name }) => name.startsWith(`${first} `));
  return isGroup ? `"ringfence ${first}" does not know "${second ?? ''}".` : `There is no command "${first}".`;
}

function plain(text: string): Printed {
  return { exit: 0, out: `${text}\n`, err: '' };
}

function print(command: Command | undefined, outcome: Outcome, args: readonly string[]): Printed {
  const name = command?.name ?? '';
  const asJson = args.includes('--json');
  const toJson = (value: object): string => (asJson ? `${JSON.stringify(value, undefined, 2)}\n` : '');
  switch (outcome.kind) {
    case 'failed': {
      const { message, action } = outcome;
      const err = asJson ? '' : `ringfence: ${printable(message)}\n${printable(action)}\n`;
      return { exit: 2, out: toJson({ command: name, ok: false, error: { message, action } }), err };
    }
    case 'done': {
      const { found, text, json, notes = [] } = outcome;
      const err = notes.map((note) => `ringfence: ${printable(note)}\n`).join('');
      const human = text === '' ? '' : printable(`${text}\n`);
      return { exit: found ? 1 : 0, out: asJson ? toJson({ command: name, ok: !found, ...json }) : human, err };
    }
  }
}

/** Names of files and rules come from outside: nothing in them may steer the terminal. Line ends and tabs stay. */
function printable(text: string): string {
  return text.replaceAll(steering, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const steering = /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
