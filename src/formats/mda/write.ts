// MountainSort's files: what raw.mda begins with (its samples follow as in a flat file), firings.mda, geom.csv and params.json.
import type { Bytes } from '../../base/bytes.ts';
import { SomascopeError } from '../../base/errors.ts';
import { BYTES, type DType } from '../../base/ndarray.ts';
import type { Probe } from '../../base/probe.ts';
import type { Sorting } from '../../base/sorting.ts';
import { MDA_CODES } from './header.ts';

/** Extents are int64 as soon as one needs it. Throws Unsupported for a type that the format has no code for. */
export function mdaHeader(dtype: DType, shape: readonly number[]): Bytes {
  const code = Object.keys(MDA_CODES).find((key) => MDA_CODES[Number(key)] === dtype);
  if (code === undefined) {
    throw new SomascopeError('Unsupported', `An .mda file cannot hold ${dtype} samples.`, {}, 'Save a flat file instead.');
  }
  const isLong = shape.some((extent) => extent > 2 ** 31 - 1);
  const view = new DataView(new ArrayBuffer(12 + (isLong ? 8 : 4) * shape.length));
  view.setInt32(0, Number(code), true);
  view.setInt32(4, BYTES[dtype], true);
  view.setInt32(8, isLong ? -shape.length : shape.length, true);
  shape.forEach((extent, axis) => {
    if (isLong) view.setBigInt64(12 + 8 * axis, BigInt(extent), true);
    else view.setInt32(12 + 4 * axis, extent, true);
  });
  return new Uint8Array(view.buffer);
}

const PIECE = 1 << 17;

/** firings.mda [channel, time, label] in float64, in pieces; `peakColumn` says where a unit is largest (from 0), -1 where nobody
 *  knows. */
export function* writeFirings(
  { times, clusters }: Pick<Sorting, 'times' | 'clusters'>,
  peakColumn: (unit: number) => number,
): Generator<Bytes> {
  yield mdaHeader('float64', [3, times.length]);
  for (let from = 0; from < times.length; from += PIECE) {
    const count = Math.min(PIECE, times.length - from);
    const data = new Float64Array(3 * count);
    for (let i = 0, to = 0; i < count; i++) {
      const label = clusters[from + i]!;
      data[to++] = peakColumn(label) + 1;
      data[to++] = times[from + i]!;
      data[to++] = label;
    }
    yield new Uint8Array(data.buffer);
  }
}

/** geom.csv: x,y in µm, a line a column of `columns`; NaN where the probe does not hold the column. */
export function writeGeom({ x, y, column }: Probe, columns: readonly number[]): string {
  const place = (wanted: number) => column.indexOf(wanted);
  return columns.map((wanted) => `${x[place(wanted)] ?? Number.NaN},${y[place(wanted)] ?? Number.NaN}\n`).join('');
}

/** params.json beside raw.mda. */
export function writeMdaParameters(samplingRate: number): string {
  return `${JSON.stringify({ samplerate: samplingRate, spike_sign: -1 })}\n`;
}
