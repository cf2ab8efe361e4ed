// Tiles, planes and samples of odd bit depths, put together by geotiff. It is handed the blocks already unpacked, as a small
// TIFF in memory: its own LZW decoder never ends on some damaged files, its inflate is unbounded, and both ignore the byte order.
// This is the only file that knows geotiff; it is loaded when the first such page is met.
import { fromArrayBuffer } from 'geotiff';
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import type { TiffPage } from './page.ts';

/** The picture [row, column] or [row, column, sample] from all blocks of a page, uncompressed and little-endian. */
export async function assemble(page: TiffPage, blocks: readonly Uint8Array<ArrayBuffer>[]): Promise<NumericArray> {
  const tiff = await fromArrayBuffer(wrapBlocks(page, blocks));
  const image = await tiff.getImage(0);
  // geotiff hangs width and height on the array itself; a fresh view has neither.
  const raster = (await image.readRasters({ interleave: true })).subarray();
  if (raster.length !== page.width * page.height * page.samples || !isNumeric(raster)) {
    throw new SomascopeError('Bug', 'geotiff returned an array of another size.', { file: page.layout.file, index: page.index });
  }
  return raster;
}

function isNumeric(raster: ArrayLike<number>): raster is NumericArray {
  return ArrayBuffer.isView(raster) && raster.buffer instanceof ArrayBuffer;
}

/** A one-page little-endian TIFF with these blocks, uncompressed. */
function wrapBlocks(page: TiffPage, blocks: readonly Uint8Array[]): ArrayBuffer {
  const { samples } = page;
  const sizes = blocks.map((block) => block.length);
  const SHORT = 3;
  const LONG = 4;
  const perSample = (value: number) => new Array<number>(samples).fill(value);
  const places: [tag: number, type: number, values: number[]][] = page.tiled
    ? [
        [322, LONG, [page.blockWidth]],
        [323, LONG, [page.blockHeight]],
        [324, LONG, sizes],
        [325, LONG, sizes],
      ]
    : [
        [273, LONG, sizes],
        [278, LONG, [page.blockHeight]],
        [279, LONG, sizes],
      ];
  const fields: [tag: number, type: number, values: number[]][] = [
    [256, LONG, [page.width]],
    [257, LONG, [page.height]],
    [258, SHORT, perSample(page.bits)],
    [259, SHORT, [1]],
    [262, SHORT, [1]],
    [277, SHORT, [samples]],
    [284, SHORT, [page.planar]],
    [339, SHORT, perSample(page.sampleFormat)],
    ...places,
  ];
  fields.sort(([a], [b]) => a - b);
  const directoryBytes = 2 + 12 * fields.length + 4;
  const outside = fields.reduce((sum, [, type, values]) => sum + valueBytes(type, values), 0);
  const firstBlock = 8 + directoryBytes + outside + 8;
  const buffer = new ArrayBuffer(sizes.reduce((sum, size) => sum + size, firstBlock));
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  let at = firstBlock;
  const offsets = blocks.map((block) => {
    const start = at;
    bytes.set(block, start);
    at += block.length;
    return start;
  });
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, fields.length, true);
  let valuesAt = 8 + directoryBytes;
  for (const [i, [tag, type, values]] of fields.entries()) {
    const entry = 10 + 12 * i;
    const listed = tag === 273 || tag === 324 ? offsets : values;
    const isInline = valueBytes(type, values) <= 4;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, listed.length, true);
    if (!isInline) view.setUint32(entry + 8, valuesAt, true);
    let valueAt = isInline ? entry + 8 : valuesAt;
    for (const value of listed) {
      if (type === SHORT) view.setUint16(valueAt, value, true);
      else view.setUint32(valueAt, value, true);
      valueAt += type === SHORT ? 2 : 4;
    }
    if (!isInline) valuesAt = valueAt;
  }
  return buffer;
}

function valueBytes(type: number, values: readonly number[]): number {
  return values.length * (type === 3 ? 2 : 4);
}
