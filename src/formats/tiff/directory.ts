// One TIFF directory (IFD) as the facts of a page. A directory that can be read but makes no sense gives a page with a fault.
// Source: TIFF 6.0 (1992).
import { SomascopeError as Failure, isSomascopeError, type SomascopeError, toPlain } from '../../base/errors.ts';
import { badField, fieldBytes, parseField, readUint64, readValues, type TiffField, type TiffLayout } from './fields.ts';
import { blockGrid, blockRows, needsAssembly, refusal, refuse, rowBytes, type TiffLimits, type TiffPage } from './page.ts';
import type { Reads } from './reads.ts';

const MAX_FIELDS = 4096;
const MAX_SAMPLES = 1024;

const TAG = {
  subfileType: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  description: 270,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  xResolution: 282,
  yResolution: 283,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  sampleFormat: 339,
} as const;

const KNOWN = new Set<number>(Object.values(TAG));

export type Fields = ReadonlyMap<number, TiffField>;

/** The fields of the directory at `offset` that matter here, and the offset of the next directory (0 at the end of the chain). */
export function* readFields(layout: TiffLayout, offset: number): Reads<{ fields: Fields; next: number }> {
  const { big, littleEndian, file } = layout;
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const countField = yield { offset, length: countBytes };
  const view = new DataView(countField.buffer, countField.byteOffset, countBytes);
  const count = big ? readUint64(view, 0, littleEndian) : view.getUint16(0, littleEndian);
  if (count === 0 || count > MAX_FIELDS) {
    throw new Failure('Invalid', `A TIFF directory claims ${count} fields.`, { file, byte: offset });
  }
  const length = count * entryBytes + (big ? 8 : 4);
  const bytes = yield { offset: offset + countBytes, length };
  const entries = new DataView(bytes.buffer, bytes.byteOffset, length);
  const fields = new Map<number, TiffField>();
  for (let at = 0; at < count * entryBytes; at += entryBytes) {
    const tag = entries.getUint16(at, littleEndian);
    if (KNOWN.has(tag)) fields.set(tag, parseField(entries, at, offset + countBytes, layout));
  }
  const nextAt = count * entryBytes;
  return { fields, next: big ? readUint64(entries, nextAt, littleEndian) : entries.getUint32(nextAt, littleEndian) };
}

/** The page that the fields describe. */
export function* readPage(
  layout: TiffLayout,
  index: number,
  offset: number,
  fields: Fields,
  limits: TiffLimits,
): Reads<TiffPage> {
  const place = { file: layout.file, index, byte: offset };
  const invalid = (what: string, tag: 'Invalid' | 'Unsafe' | 'CutOff' = 'Invalid') =>
    new Failure(tag, `The TIFF page ${what}.`, place);
  function* first(tag: number, fallback: number): Reads<number> {
    const field = fields.get(tag);
    return field ? ((yield* readValues(field, layout, 1))[0] ?? fallback) : fallback;
  }
  /** The one value that all samples share. */
  function* shared(tag: number, fallback: number, samples: number): Reads<number> {
    const field = fields.get(tag);
    const values = field ? yield* readValues(field, layout, samples) : [];
    if (values.some((value: number) => value !== values[0])) throw invalid('has samples of different kinds');
    return values[0] ?? fallback;
  }

  const width = yield* first(TAG.width, 0);
  const height = yield* first(TAG.height, 0);
  const samples = yield* first(TAG.samples, 1);
  const tiled = fields.has(TAG.tileOffsets);
  const rowsPerStrip = yield* first(TAG.rowsPerStrip, 0);
  const blockWidth = tiled ? yield* first(TAG.tileWidth, 0) : width;
  const blockHeight = tiled ? yield* first(TAG.tileHeight, 0) : Math.min(rowsPerStrip || height, height);
  const blockOffsets = fields.get(tiled ? TAG.tileOffsets : TAG.stripOffsets) ?? {
    tag: TAG.stripOffsets,
    type: 4,
    count: 0,
    offset: 0,
    inline: [],
  };
  const blockBytes = fields.get(tiled ? TAG.tileBytes : TAG.stripBytes);
  const description = fields.get(TAG.description);
  const xResolution = fields.get(TAG.xResolution);
  const yResolution = fields.get(TAG.yResolution);
  const format = yield* shared(TAG.sampleFormat, 1, Math.min(samples, MAX_SAMPLES));
  const page: TiffPage = {
    layout,
    index,
    offset,
    width,
    height,
    samples,
    bits: yield* shared(TAG.bits, 1, Math.min(samples, MAX_SAMPLES)),
    // 4 is "undefined", which everyone reads as unsigned.
    sampleFormat: format === 4 ? 1 : format,
    compression: yield* first(TAG.compression, 1),
    predictor: yield* first(TAG.predictor, 1),
    photometric: yield* first(TAG.photometric, 1),
    planar: samples === 1 ? 1 : yield* first(TAG.planar, 1),
    fillOrder: yield* first(TAG.fillOrder, 1),
    reduced: ((yield* first(TAG.subfileType, 0)) & 1) === 1,
    tiled,
    blockWidth,
    blockHeight,
    blockOffsets,
    ...(blockBytes && { blockBytes }),
    ...(description && { description }),
    ...(xResolution && { xResolution }),
    ...(yResolution && { yResolution }),
  };
  const problem = checkPage(page, limits, invalid);
  if (problem) return { ...page, fault: toPlain(problem) };
  const plain = yield* placePlain(page);
  return plain ? { ...page, plain } : page;
}

function checkPage(page: TiffPage, limits: TiffLimits, invalid: (what: string, tag?: 'Unsafe' | 'CutOff') => SomascopeError) {
  const { width, height, blockWidth, blockHeight, samples, bits, layout, blockOffsets, blockBytes } = page;
  if (width === 0 || height === 0) return invalid('has no pixels');
  if (Math.max(width, height, blockWidth, blockHeight) > limits.maxSide) {
    return invalid(`claims ${width} × ${height} pixels; at most ${limits.maxSide} along a side are read`, 'Unsafe');
  }
  if (blockWidth === 0 || blockHeight === 0) return invalid('has tiles without pixels');
  if (samples === 0 || samples > MAX_SAMPLES || bits === 0) return invalid(`claims ${samples} samples of ${bits} bits a pixel`);
  const what = refusal(page);
  if (what) return refuse(page, what);
  const { count } = blockGrid(page);
  const bytes = count * rowBytes(page) * blockHeight;
  if (bytes > limits.maxPageBytes) return invalid(`unpacks to ${bytes} bytes; at most ${limits.maxPageBytes} are read`, 'Unsafe');
  if (blockOffsets.count < count) return invalid(`lists ${blockOffsets.count} of its ${count} strips or tiles`);
  for (const field of [blockOffsets, blockBytes]) {
    if (!field) continue;
    if (Number.isNaN(fieldBytes(field))) return badField(field, layout);
    if (field.offset + fieldBytes(field) > layout.size) return invalid('lists its strips beyond the end of the file', 'CutOff');
  }
  return undefined;
}

/** Where the pixels lie if they lie as they are, in one piece; undefined otherwise. */
function* placePlain(page: TiffPage): Reads<TiffPage['plain']> {
  const isPlain = page.compression === 1 && page.samples === 1 && page.fillOrder === 1 && !needsAssembly(page);
  if (!isPlain || (page.bits === 16 && page.sampleFormat === 3)) return undefined;
  const { count } = blockGrid(page);
  const offsets = yield* readValues(page.blockOffsets, page.layout, count);
  const counts = page.blockBytes ? yield* readValues(page.blockBytes, page.layout, count) : undefined;
  const row = rowBytes(page);
  let next = offsets[0]!;
  for (let block = 0; block < count; block++) {
    const bytes = row * blockRows(page, block);
    if (offsets[block] !== next || (counts && !(counts[block]! >= bytes))) return undefined;
    next += bytes;
  }
  return next <= page.layout.size ? { offset: offsets[0]!, bytes: next - offsets[0]! } : undefined;
}

/** `readPage`, where a directory that contradicts itself becomes a page with a fault. */
export function* readPageOrFault(
  layout: TiffLayout,
  index: number,
  offset: number,
  fields: Fields,
  limits: TiffLimits,
): Reads<TiffPage> {
  try {
    return yield* readPage(layout, index, offset, fields, limits);
  } catch (error) {
    if (!isSomascopeError(error)) throw error;
    const blockOffsets = { tag: TAG.stripOffsets, type: 4, count: 0, offset: 0, inline: [] };
    const nothing = { width: 0, height: 0, bits: 0, sampleFormat: 1, samples: 1, compression: 1, predictor: 1, photometric: 1 };
    const rest = { planar: 1, fillOrder: 1, reduced: false, tiled: false, blockWidth: 0, blockHeight: 0, blockOffsets };
    return { layout, index, offset, ...nothing, ...rest, fault: toPlain(error) };
  }
}
