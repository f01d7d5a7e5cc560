import type { Command } from './command.ts';
import { commonOptions } from './parseCall.ts';

/** What `ringfence --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => usageOf(command).length));
  return [
    'Ringfence: what may leave this machine, checked from the command line.',
    '',
    'Usage:',
    ...commands.map((command) => `  ringfence ${usageOf(command).padEnd(width)}  ${command.summary}`),
    '',
    'Every command takes --json for programs and --help. Exit codes: 0 all is well, 1 something was found,',
    '2 the command could not run. Nothing here uses the network.',
  ].join('\n');
}

/** What `ringfence COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const options = [...command.options, ...commonOptions].map(({ name, value, help }) => ({
    left: `--${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  }));
  const width = Math.max(...options.map(({ left }) => left.length));
  return [
    command.summary,
    '',
    `Usage: ringfence ${usageOf(command)} [options]`,
    ...command.help.flatMap((paragraph) => ['', paragraph]),
    '',
    'Options:',
    ...options.map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`),
  ].join('\n');
}

function usageOf({ name, operands }: Command): string {
  return operands === '' ? name : `${name} ${operands}`;
}
