import { vectors } from './matrix.ts';
import { groups, type Status } from './matrix/vector.ts';

/** The matrix as the tables of SECURITY.md: each vector with what becomes of it. */
export function vectorTables(): string {
  return Object.entries(groups)
    .map(([group, title]) => `### ${group}. ${title}\n\n| # | way | status |\n|--:|---|---|\n${rows(group)}`)
    .join('\n\n');
}

function rows(group: string): string {
  return vectors
    .filter((vector) => vector.group === group)
    .map(({ id, title, status }) => `| ${id} | ${cell(title)} | ${cell(words(status))} |`)
    .join('\n');
}

function words(status: Status): string {
  switch (status.kind) {
    case 'headless':
      return status.note === undefined ? 'blocked' : `blocked: ${status.note}`;
    case 'editor':
      return `blocked, seen in a real editor${status.note === undefined ? '' : `: ${status.note}`}`;
    case 'not blockable':
      return `**not blockable**: ${status.why}`;
    case 'not applicable':
      return `does not arise: Ringfence has no ${status.missing}`;
  }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
