// Tables as text (RFC 4180): quoted cells, cells with line ends, CRLF; separated by commas, semicolons or tabs, whichever the first
// line has most of. Rows may differ in length.

export interface CsvTable {
  /** Names of the columns; made up ("column 0") where the first row is numbers already. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const SEPARATORS = [',', ';', '\t'];

export function parseCsv(text: string): CsvTable {
  const body = text.replace(/^\uFEFF/, '');
  const records = parseRecords(body, separatorOf(body));
  const width = records.reduce((most, { length }) => Math.max(most, length), 0);
  const [first = []] = records;
  const told = first.filter((cell) => cell.trim() !== '');
  const named = told.length > 0 && told.every((cell) => !isNumber(cell));
  const columns = Array.from({ length: width }, (_, i) => (named && first[i]) || `column ${i}`);
  return { columns, rows: named ? records.slice(1) : records };
}

/** A cell that is a number; nothing and NaN are missing ones. */
export function isNumber(cell: string): boolean {
  return cell.trim() === '' || /^nan$/i.test(cell.trim()) || Number.isFinite(Number(cell));
}

function separatorOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const count = (separator: string) => line.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function parseRecords(text: string, separator: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"' ? readQuoted(text, at) : undefined;
    const from = quoted ? quoted.end : at;
    let end = from;
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
    record.push(quoted ? quoted.cell + text.slice(from, end) : text.slice(at, end));
    if (text[end] === separator) {
      at = end + 1;
      // A separator at the very end stands before one more, empty cell.
      if (at < text.length) continue;
      record.push('');
    }
    at = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  return records;
}

/** The cell whose quote opens at `start`, with doubled quotes made single; `end` is the place behind it. */
function readQuoted(text: string, start: number): { cell: string; end: number } {
  let cell = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { cell: cell + text.slice(at), end: text.length };
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}
