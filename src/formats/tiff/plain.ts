// The fast path: pages that lie uncompressed in one piece, one sample a pixel (every neurofinder frame and most stacks).
// A frame is then one range of the file and, little-endian and aligned, a view without a copy.
import type { BigArray, DType } from '../../base/ndarray.ts';
import { narrowed } from '../npy/convert.ts';
import { parseDirectories } from './chain.ts';
import type { TiffFrame } from './frame.ts';
import { sampleOf, type TiffPage, type TiffSample } from './page.ts';
import { samplesFrom } from './samples.ts';

/** A stack whose frames are ranges of one file, all of one size and type. Plain data. */
export interface PlainStack {
  /** Per frame: offset and bytes in the file. */
  readonly ranges: Float64Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  readonly sample: TiffSample;
  readonly littleEndian: boolean;
}

/** The ranges of all pages; undefined unless every page is plain and of the size and type of the first. Reduced pages count. */
export function plainPages(pages: readonly TiffPage[]): PlainStack | undefined {
  const first = pages[0];
  const sample = first && sampleOf(first);
  if (!first || !sample) return undefined;
  const ranges = new Float64Array(2 * pages.length);
  for (const [i, page] of pages.entries()) {
    const isSame = page.width === first.width && page.height === first.height && sampleOf(page) === sample;
    if (!isSame || !page.plain || page.fault) return undefined;
    ranges[2 * i] = page.plain.offset;
    ranges[2 * i + 1] = page.plain.bytes;
  }
  return { ranges, height: first.height, width: first.width, sample, littleEndian: first.layout.littleEndian };
}

/** The frame [row, column] in the bytes of one range. Throws `Unsupported` for 64-bit integers beyond 2^53. */
export function decodePlain(bytes: Uint8Array<ArrayBuffer>, stack: Omit<PlainStack, 'ranges'>, file: string): TiffFrame {
  const { height, width, sample, littleEndian } = stack;
  const data = samplesFrom(bytes, sample, littleEndian);
  return { ...toNumeric(data, sample, file), height, width, samples: 1 };
}

/** Page `page` of a file in memory if it is plain, at once; undefined if it takes `readTiffFrame`. Throws for damaged files. */
export function readPlainFrame(bytes: Uint8Array<ArrayBuffer>, file: string, page = 0): TiffFrame | undefined {
  const found = parseDirectories(bytes, file, page).pages[page];
  const stack = found && plainPages([found]);
  if (!found?.plain || !stack) return undefined;
  const { offset, bytes: length } = found.plain;
  return decodePlain(bytes.subarray(offset, offset + length), stack, file);
}

/** Samples as numbers: float16 has become float32, 64-bit integers become float64 where that is exact. */
export function toNumeric(
  data: ReturnType<typeof samplesFrom>,
  sample: TiffSample,
  file: string,
): Pick<TiffFrame, 'data' | 'dtype'> {
  const dtype: DType = sample === 'float16' ? 'float32' : sample === 'int64' || sample === 'uint64' ? 'float64' : sample;
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  return { data: isBig ? narrowed(data as BigArray, file) : data, dtype };
}
