import { parseArgs } from 'node:util';
import type { Call, Command, Option, Surroundings } from './command.ts';
import { failed, type Outcome } from './outcome.ts';

/** Options that every command has. */
export const commonOptions: readonly Option[] = [
  { name: 'json', help: 'Print JSON, for programs.' },
  { name: 'help', help: 'Print this help.' },
];

/** Reads what follows a command's name, or says what is wrong with it. */
export function parseCall(
  command: Command,
  args: readonly string[],
  surroundings: Surroundings,
): Call | Extract<Outcome, { kind: 'failed' }> {
  const known = [...command.options, ...commonOptions];
  const help = `Run "ringfence ${command.name} --help" to see what there is.`;
  const options = Object.fromEntries(
    known.map(({ name, value }) => [
      name,
      value === undefined ? { type: 'boolean' as const } : { type: 'string' as const, multiple: true as const },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = known.find(({ name }) => token.rawName === `--${name}`);
    if (!option) return failed(`"ringfence ${command.name}" has no option ${token.rawName}.`, help);
    if (option.value !== undefined && (token.value === undefined || token.value === ''))
      return failed(`The option ${token.rawName} needs a value: ${token.rawName} ${option.value}.`, help);
    if (option.value === undefined && token.value !== undefined)
      return failed(`The option ${token.rawName} takes no value.`, help);
    values.set(option.name, [...(values.get(option.name) ?? []), token.value ?? '']);
  }
  const { least, most } = command.count;
  if (!values.has('help') && operands.length < least)
    return failed(`"ringfence ${command.name}" needs ${command.operands}.`, help);
  if (operands.length > most) return failed(`"${operands[most] ?? ''}" is one operand too many.`, help);
  return {
    operands,
    value: (option) => values.get(option)?.at(-1),
    all: (option) => values.get(option) ?? [],
    has: (option) => values.has(option),
    surroundings,
  };
}
