/** One line of the table that closes a run of benchmarks; without a verdict it is there to compare with. */
export type Bar = { readonly measure: string; readonly bar: string; readonly measured: string; readonly met?: boolean };

const bars: Bar[] = [];

/** Notes a measure with its bar. When all benchmarks have run they are printed together; a bar that was missed fails the run. */
export function note(bar: Bar): void {
  if (bars.push(bar) === 1) process.once('beforeExit', close);
}

/** For a value that may not be above its bar, in the words of the table. */
export function noteMost(
  measure: string,
  value: number,
  { most, unit = '', digits = 1 }: Limit & { most: number },
): void {
  note({ measure, bar: `≤ ${most}${unit}`, measured: `${value.toFixed(digits)}${unit}`, met: value <= most });
}

/** For a value that may not be below its bar. */
export function noteLeast(
  measure: string,
  value: number,
  { least, unit = '', digits = 1 }: Limit & { least: number },
): void {
  note({ measure, bar: `≥ ${least}${unit}`, measured: `${value.toFixed(digits)}${unit}`, met: value >= least });
}

type Limit = { readonly unit?: string; readonly digits?: number };

function close(): void {
  const rows = [
    ['measure', 'bar', 'measured', 'met'],
    ...bars.map(({ measure, bar, measured, met }) => [
      measure,
      bar,
      measured,
      met === undefined ? '–' : met ? 'yes' : 'NO',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [head = '', ...lines] = rows.map(
    (row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`,
  );
  console.log(`\n${head}\n|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n${lines.join('\n')}`);
  const judged = bars.filter(({ met }) => met !== undefined).length;
  const missed = bars.filter(({ met }) => met === false).length;
  console.log(missed === 0 ? `\nall ${judged} bars met` : `\n${missed} of ${judged} bars missed`);
  if (missed > 0) process.exitCode = 1;
}
