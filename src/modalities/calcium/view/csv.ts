// Tables as CSV (RFC 4180): lines end in \n, texts are quoted only where they must be, numbers are written in full, and a cell is
// empty where nothing is known.

export type Cell = string | number | null | undefined;

export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}

function csvCell(value: Cell): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return quoted(value ?? '');
}

/** A cell of text, in quotes only where it needs them. */
export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
