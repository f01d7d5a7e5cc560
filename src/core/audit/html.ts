/** For text and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export type Cell = string | number;

/** A table with its heading; a sentence instead of the table where it has no rows. Everything in it is escaped. */
export function htmlTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  const heads = head.map((name, column) => heading(name, rows[0]?.[column])).join('');
  return `<div class="scroll"><table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function heading(name: string, below: Cell | undefined): string {
  return `<th scope="col"${typeof below === 'number' ? ' class="number"' : ''}>${escapeHtml(name)}</th>`;
}

function cell(value: Cell, column: number): string {
  if (typeof value === 'number') return `<td class="number">${value.toLocaleString('en-US')}</td>`;
  return column === 0 ? `<th scope="row">${escapeHtml(value)}</th>` : `<td>${escapeHtml(value)}</td>`;
}
