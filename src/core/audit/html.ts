/** For text and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** `figure`: a number that is already written out, with its unit. */
export type Cell = string | number | { readonly figure: string };

/** A table with its heading; a sentence instead of the table where it has no rows. Everything in it is escaped. */
export function htmlTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  const heads = head.map((name, column) => heading(name, rows[0]?.[column])).join('');
  return `<div class="scroll"><table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function heading(name: string, below: Cell | undefined): string {
  return `<th scope="col"${below === undefined || typeof below === 'string' ? '' : ' class="number"'}>${escapeHtml(name)}</th>`;
}

function cell(value: Cell, column: number): string {
  if (typeof value === 'number') return cell({ figure: value.toLocaleString('en-US') }, column);
  if (typeof value === 'object') return `<td class="number">${escapeHtml(value.figure)}</td>`;
  return column === 0 ? `<th scope="row">${escapeHtml(value)}</th>` : `<td>${escapeHtml(value)}</td>`;
}
