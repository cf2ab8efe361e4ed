// Cells of suite2p: stat.npy, an array of dicts with the pixels `ypix` (rows) and `xpix` (columns), 0-based, and iscell.npy beside
// it, [cell, (is a cell, probability)]. Source: suite2p's docs/outputs.rst; other keys of stat are left alone.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import type { Region } from '../../base/region.ts';
import { objectArrayStart, readNpy, toNumbers } from '../npy/index.ts';
import { PickledArray, type PickleValue, readPickle } from '../pickle/index.ts';

export interface Suite2pCells {
  readonly regions: readonly Region[];
  /** Per region its number in stat.npy, from 0. */
  readonly numbers: readonly number[];
  /** Cells whose pixels cannot be used, by number; the reason follows "region 3 ". */
  readonly bad: readonly { readonly index: number; readonly reason: string }[];
  /** Cells in the file, good and bad. */
  readonly count: number;
}

const MOST_CELLS = 100_000;

/** The cells of stat.npy. Throws Unsafe naming what the pickle asks for, Invalid, CutOff or Unsupported, with the byte. */
export function readStat(bytes: Uint8Array<ArrayBuffer>, place: ErrorPlace): Suite2pCells {
  const firstByte = objectArrayStart(bytes, place.file ?? 'stat.npy');
  const value = readPickle(bytes.subarray(firstByte), { place, firstByte });
  const cells = value instanceof PickledArray && Array.isArray(value.data) ? value.data : undefined;
  if (!cells) throw new SomascopeError('Invalid', 'It holds no list of cells.', place, 'Drop the stat.npy that suite2p wrote.');
  if (cells.length > MOST_CELLS) {
    const message = `It holds ${grouped(cells.length)} cells; the limit is ${grouped(MOST_CELLS)}.`;
    throw new SomascopeError('Unsafe', message, place);
  }
  const regions: Region[] = [];
  const numbers: number[] = [];
  const bad: { index: number; reason: string }[] = [];
  cells.forEach((cell, index) => {
    const region = regionOf(cell);
    if (typeof region === 'string') bad.push({ index, reason: region });
    else {
      regions.push(region);
      numbers.push(index);
    }
  });
  return { regions, numbers, bad, count: cells.length };
}

function regionOf(cell: PickleValue): Region | string {
  if (!(cell instanceof Map)) return 'is no dict';
  const rows = pixelsOf(cell.get('ypix'));
  const cols = pixelsOf(cell.get('xpix'));
  if (!rows || !cols) return `has no list of whole numbers in "${rows ? 'xpix' : 'ypix'}"`;
  if (rows.length !== cols.length) return `has ${rows.length} rows and ${cols.length} columns`;
  if (rows.length === 0) return 'has no pixels';
  const points = new Float64Array(2 * rows.length);
  for (let i = 0; i < rows.length; i++) {
    points[2 * i] = rows[i]!;
    points[2 * i + 1] = cols[i]!;
  }
  return { points, dims: 2 };
}

function pixelsOf(value: PickleValue | undefined): ArrayLike<number> | undefined {
  if (!(value instanceof PickledArray) || value.shape.length !== 1 || Array.isArray(value.data)) return undefined;
  const { data } = value;
  const numbers =
    data instanceof BigInt64Array || data instanceof BigUint64Array ? Array.from<bigint, number>(data, Number) : data;
  return numbers.every((pixel) => Number.isSafeInteger(pixel)) ? numbers : undefined;
}

export interface IsCell {
  readonly isCell: readonly boolean[];
  /** 0…1, per cell of stat.npy; NaN where the file has none. */
  readonly probability: readonly number[];
}

/** iscell.npy for `count` cells. Throws Invalid where it is for another number of cells, else as `readNpy`. */
export function readIsCell(bytes: Uint8Array<ArrayBuffer>, count: number, place: ErrorPlace): IsCell {
  const { data, shape } = toNumbers(readNpy(bytes, place.file ?? 'iscell.npy'), place.file ?? 'iscell.npy');
  const columns = shape.length === 1 ? 1 : shape[1]!;
  if (shape.length > 2 || columns < 1 || shape[0] !== count) {
    const message = `It holds an array (${shape.join(', ')}), and stat.npy has ${grouped(count)} cells.`;
    throw new SomascopeError('Invalid', message, place, 'Drop stat.npy and iscell.npy of the same suite2p folder.');
  }
  const cell = Array.from({ length: count }, (_, i) => i);
  return {
    isCell: cell.map((i) => data[i * columns]! > 0),
    probability: cell.map((i) => (columns > 1 ? data[i * columns + 1]! : Number.NaN)),
  };
}
