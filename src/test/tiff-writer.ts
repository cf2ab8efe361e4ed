// Plain TIFF files for tests: uncompressed, one sample a pixel, frames [row, column]. A one-page little-endian uint16 file has
// the header of the neurofinder frames (tifffile 2016): directory at byte 8, the same 14 tags, pixels at byte 214.
import { buildTiff, type TiffEntry, type TiffForm } from './tiff-builder.ts';

export type TiffPixels = Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

export interface TiffOptions extends TiffForm {
  /** Rows of each strip; all rows in one strip when left out. */
  readonly rowsPerStrip?: number;
  /** Bytes left unused between strips, so that they do not lie in one piece. */
  readonly gap?: number;
  readonly description?: string;
}

const asciiEntry = (tag: number, text: string): TiffEntry => ({
  tag,
  type: 2,
  values: Array.from(`${text}\0`, (char) => char.charCodeAt(0)),
});

/** A file of one page for each of `frames`, every one `height` × `width` pixels of the same type. */
export function writeTiff(
  frames: readonly TiffPixels[],
  height: number,
  width: number,
  options: TiffOptions = {},
): Uint8Array<ArrayBuffer> {
  const { littleEndian = true, rowsPerStrip = height, gap = 0, description } = options;
  const pages = frames.map((frame) => {
    if (frame.length !== height * width) throw new RangeError(`a frame of ${frame.length} pixels is not ${height} × ${width}`);
    const bytes = pixelBytes(frame, littleEndian);
    const stripBytes = rowsPerStrip * width * frame.BYTES_PER_ELEMENT;
    const strips = Math.ceil(height / rowsPerStrip);
    const blocks = Array.from({ length: strips }, (_, i) => bytes.subarray(i * stripBytes, (i + 1) * stripBytes));
    return { entries: plainEntries(frame, height, width, rowsPerStrip, description), blocks, gap };
  });
  return buildTiff(pages, options);
}

function plainEntries(frame: TiffPixels, height: number, width: number, rowsPerStrip: number, description?: string): TiffEntry[] {
  const format = frame instanceof Float32Array || frame instanceof Float64Array ? 3 : frame instanceof Int16Array ? 2 : 1;
  return [
    { tag: 254, type: 4, values: [0] },
    { tag: 256, type: 4, values: [width] },
    { tag: 257, type: 4, values: [height] },
    { tag: 258, type: 3, values: [frame.BYTES_PER_ELEMENT * 8] },
    { tag: 259, type: 3, values: [1] },
    { tag: 262, type: 3, values: [1] },
    ...(description === undefined ? [] : [asciiEntry(270, description)]),
    { tag: 274, type: 3, values: [1] },
    { tag: 277, type: 3, values: [1] },
    { tag: 278, type: 4, values: [rowsPerStrip] },
    asciiEntry(305, 'tifffile.py'),
    asciiEntry(306, '2016:03:23 18:40:15'),
    { tag: 339, type: 3, values: [format] },
  ];
}

/** The pixels as bytes in the asked byte order. */
export function pixelBytes(frame: TiffPixels, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength));
  if (littleEndian) return bytes;
  for (let at = 0; at < bytes.length; at += frame.BYTES_PER_ELEMENT) bytes.subarray(at, at + frame.BYTES_PER_ELEMENT).reverse();
  return bytes;
}
