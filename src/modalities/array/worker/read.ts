// Reads what is shown of an array: one plane, one line, the rows of a table, or all of it. Numbers in C order.
import { SomascopeError } from '../../../base/errors.ts';
import { DEFLATED, type ListingEntry } from '../../../base/listing.ts';
import { dtypeOf, makeArray, type NdArray, type NumericArray, sizeOf } from '../../../base/ndarray.ts';
import { byteSize } from '../../../base/number-format.ts';
import { type CsvTable, parseCsv } from '../../../formats/csv.ts';
import { entryBytes, entrySource } from '../../../formats/listing.ts';
import { decodeNpyFrame, readNpy, readNpyHeader, toNumbers, toTexts } from '../../../formats/npy/index.ts';
import { readDirectories, readTiffPage } from '../../../formats/tiff/index.ts';
import { extentOf, planesOf } from '../shared/modes.ts';
import type { ArrayItem, TableOutput } from '../shared/types.ts';

/** Files above it are not read whole. */
const MAX_WHOLE = 512 * 2 ** 20;
const MAX_TEXT = 64 * 2 ** 20;
/** Rows of a table that are handed to the page. */
const MAX_ROWS = 100_000;

function refuseLarge({ path, size }: ListingEntry, limit: number, hint: string): void {
  if (size <= limit) return;
  const message = `It has ${byteSize(size)}; up to ${byteSize(limit)} are read at once.`;
  throw new SomascopeError('Unsafe', message, { file: path }, hint);
}

export async function readCsv(entry: ListingEntry, signal: AbortSignal): Promise<CsvTable> {
  refuseLarge(entry, MAX_TEXT, 'Save a part of the table, or the numbers as .npy.');
  return parseCsv(new TextDecoder().decode(await entryBytes(entry, { signal })));
}

/** All numbers of the array. */
export async function readWhole(item: ArrayItem, signal: AbortSignal): Promise<NdArray> {
  const { entry, name, shape } = item;
  if (item.kind === 'csv') {
    const { rows } = await readCsv(entry, signal);
    const [height = 0, width = 0] = shape;
    const data = new Float64Array(height * width).fill(Number.NaN);
    for (const [r, row] of rows.entries()) for (const [c, cell] of row.entries()) data[r * width + c] = numberOf(cell);
    return { data, shape };
  }
  refuseLarge(entry, MAX_WHOLE, 'Save a part of it.');
  if (item.kind === 'npy') return toNumbers(readNpy(await entryBytes(entry, { signal }), name), name);
  const { height, width } = extentOf(item);
  const first = await readPlane(item, 0, signal);
  const data = makeArray(dtypeOf(first), sizeOf(shape));
  for (let plane = 0; plane < planesOf(item); plane++) {
    data.set(plane === 0 ? first : await readPlane(item, plane, signal), plane * height * width);
  }
  return { data, shape };
}

const numberOf = (cell: string) => (cell.trim() === '' ? Number.NaN : Number(cell));

/** Image `plane` [row, column], counted over all axes but the last two. */
export async function readPlane(item: ArrayItem, plane: number, signal: AbortSignal): Promise<NumericArray> {
  const { entry, name } = item;
  const { height, width } = extentOf(item);
  const size = height * width;
  if (item.kind === 'tiff') return readTiffPlane(item, plane, signal);
  if (item.kind === 'npy' && entry.method !== DEFLATED) {
    const source = entrySource(entry);
    const header = await readNpyHeader(source, signal);
    if (!header.fortranOrder) {
      const { dataOffset, type } = header;
      const bytes = size * type.itemBytes;
      const movie = {
        name,
        header,
        frames: planesOf(item),
        height,
        width,
        dtype: 'float64',
        dataOffset,
        frameBytes: bytes,
      } as const;
      return decodeNpyFrame(movie, await source.read(dataOffset + plane * bytes, bytes, signal));
    }
  }
  const { data } = await readWhole(item, signal);
  return data.slice(plane * size, (plane + 1) * size);
}

async function readTiffPlane(item: ArrayItem, plane: number, signal: AbortSignal): Promise<NumericArray> {
  const source = entrySource(item.entry);
  const { pages } = await readDirectories(source, signal);
  const { height, width, samples } = pages[0]!;
  const alike = pages.filter((page) => page.height === height && page.width === width && page.samples === samples);
  const page = alike[Math.floor(plane / samples)];
  if (!page)
    throw new SomascopeError('FileChanged', 'The stack has fewer pages than before.', { file: item.name }, 'Open it again.');
  const { data } = await readTiffPage(source, page, signal);
  if (samples === 1) return data;
  const sample = plane % samples;
  const out = makeArray(dtypeOf(data), height * width);
  for (let i = 0; i < out.length; i++) out[i] = data[i * samples + sample]!;
  return out;
}

/** Row `line` of the array, or all of one with a single axis. */
export async function readLine(item: ArrayItem, line: number, signal: AbortSignal): Promise<Float64Array<ArrayBuffer>> {
  const length = item.shape.at(-1) ?? 1;
  const { data } = await readWhole(item, signal);
  return Float64Array.from(data.subarray(line * length, (line + 1) * length));
}

/** The array as rows of text; one axis is a column, a single value a cell. */
export async function readTable(item: ArrayItem, signal: AbortSignal): Promise<TableOutput> {
  if (item.kind === 'csv') {
    const { columns, rows } = await readCsv(item.entry, signal);
    return { columns, rows: rows.slice(0, MAX_ROWS), total: rows.length };
  }
  const [total, width] = item.shape.length === 2 ? [item.shape[0]!, item.shape[1]!] : [item.shape[0] ?? 1, 1];
  const cells = item.holds === 'texts' ? await readTexts(item, signal) : (await readWhole(item, signal)).data;
  const columns = width === 1 ? ['value'] : Array.from({ length: width }, (_, i) => `column ${i}`);
  const rows = Array.from({ length: Math.min(total, MAX_ROWS) }, (_, r) =>
    Array.from(cells.slice(r * width, (r + 1) * width), String),
  );
  return { columns, rows, total };
}

async function readTexts({ entry, name }: ArrayItem, signal: AbortSignal): Promise<string[]> {
  refuseLarge(entry, MAX_TEXT, 'Save a part of it.');
  return toTexts(readNpy(await entryBytes(entry, { signal }), name), name);
}
