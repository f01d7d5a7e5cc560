import { controlsFor } from './controls.ts';
import type { FullReport } from './report.ts';

/** The report with the controls and its rows, for other tools, piece by piece; one line for each row. */
export function* exportJson({ rows, ...report }: FullReport): Iterable<string> {
  const open = JSON.stringify({ ...report, controls: controlsFor(report) }, undefined, 2).slice(0, -'\n}'.length);
  yield `${open},\n  "rows": [`;
  for (const [index, row] of rows.entries()) yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(row)}`;
  yield '\n  ]\n}\n';
}
