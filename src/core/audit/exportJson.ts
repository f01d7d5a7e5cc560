import { controlsFor } from './controls.ts';
import type { PrivacyReport } from './report.ts';

/** The report with its rows and the controls, for other tools; two spaces of indentation. */
export function exportJson(report: PrivacyReport): string {
  return `${JSON.stringify({ ...report, controls: controlsFor(report) }, undefined, 2)}\n`;
}
