// Geometry as a table of numbers: geom.csv (x,y in µm, a line a channel, no header), and the Allen Institute's channel_info.csv
// (a header line, then column,x,y).
import { SomascopeError } from '../../base/errors.ts';
import { type Probe, probeFrom } from '../../base/probe.ts';
import { parseCsv } from '../csv.ts';

/** Throws Invalid where a line is no pair (or triple with the column) of numbers, or where there is none. */
export function readGeometryTable(text: string, file: string): Probe {
  const { rows } = parseCsv(text);
  const numbers = rows.map((row) => row.map((cell) => (cell.trim() === '' ? Number.NaN : Number(cell))));
  const width = numbers[0]?.length ?? 0;
  const wrong = numbers.findIndex((row) => row.length !== width || !row.every(Number.isFinite));
  if (width < 2 || width > 3 || wrong >= 0) {
    const where = wrong >= 0 ? `, at row ${wrong + 1}` : '';
    const message = `${file} is no geometry${where}: it needs a line "x,y" in µm for every channel.`;
    throw new SomascopeError('Invalid', message, { file }, 'Write it with numpy.savetxt(..., delimiter=",").');
  }
  const at = width - 2;
  const probe = probeFrom(
    numbers.map((row) => row[at]!),
    numbers.map((row) => row[at + 1]!),
  );
  if (width === 2) return probe;
  const column = Int32Array.from(numbers, (row) => (Number.isInteger(row[0]!) && row[0]! >= 0 ? row[0]! : -1));
  return { ...probe, column, channelNumber: column.slice() };
}
