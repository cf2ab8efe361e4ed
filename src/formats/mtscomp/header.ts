// The .ch file beside a .cbin (mtscomp 1.0): JSON with the type, the channels, and where the chunks begin, in samples and in bytes.
// Source: https://github.com/int-brain-lab/mtscomp
import { SomascopeError } from '../../base/errors.ts';
import { isRecord, parseJson } from '../neurofinder/json.ts';

export interface CompressedHeader {
  readonly dtype: string;
  readonly channels: number;
  /** Hz; NaN where the file does not say. */
  readonly samplingRate: number;
  /** Frames at which chunks begin, and the end: one more than there are chunks. */
  readonly bounds: readonly number[];
  /** Bytes at which chunks begin, and the end. */
  readonly offsets: readonly number[];
  /** Whether a chunk holds one channel after the other ("F") or one frame after the other ("C"). */
  readonly order: 'F' | 'C';
  readonly timeDifferences: boolean;
  readonly spatialDifferences: boolean;
  /** SHA-1 of the samples before they were compressed; '' where the file does not say. */
  readonly sha1: string;
}

const MOST_CHUNK_BYTES = 2 ** 30;

/** Throws Unsupported for another compression, Invalid where numbers are missing or contradict each other, else as `parseJson`. */
export function parseCompressedHeader(bytes: Uint8Array, file: string): CompressedHeader {
  const value = parseJson(bytes, { file });
  const fail = (what: string) =>
    new SomascopeError(
      'Invalid',
      `${file} is no header of a .cbin file: ${what}.`,
      { file },
      'Drop the .ch that belongs to the .cbin.',
    );
  if (!isRecord(value)) throw fail('it is no object');
  const { algorithm, chunk_bounds: bounds, chunk_offsets: offsets, n_channels: channels, dtype } = value;
  if (algorithm !== undefined && algorithm !== 'zlib') {
    const message = `${file}: the compression ${JSON.stringify(algorithm)} is not read here; zlib is.`;
    throw new SomascopeError('Unsupported', message, { file }, 'Decompress the recording with mtsdecomp.');
  }
  if (!isCount(channels) || channels < 1 || channels > 65_536) throw fail('the number of channels is missing or impossible');
  if (typeof dtype !== 'string') throw fail('it does not say the type of its samples');
  if (!isAscending(bounds) || !isAscending(offsets)) throw fail('its lists of chunks do not ascend');
  if (bounds.length !== offsets.length || bounds.length < 2) throw fail('its lists of chunks differ in length');
  const longest = bounds.reduce((most, bound, i) => (i > 0 ? Math.max(most, bound - bounds[i - 1]!) : most), 0);
  if (bounds[0] !== 0 || longest * channels * 8 > MOST_CHUNK_BYTES) throw fail('a chunk has an impossible length');
  const order = value['chunk_order'] ?? 'F';
  if (order !== 'F' && order !== 'C') throw fail(`the order ${JSON.stringify(order)} is neither F nor C`);
  const rate = value['sample_rate'];
  const sha1 = value['sha1_uncompressed'];
  return {
    dtype,
    channels,
    samplingRate: typeof rate === 'number' && rate > 0 ? rate : Number.NaN,
    bounds,
    offsets,
    order,
    timeDifferences: value['do_time_diff'] !== false,
    spatialDifferences: value['do_spatial_diff'] === true,
    sha1: typeof sha1 === 'string' ? sha1 : '',
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isAscending(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item, i) => isCount(item) && (i === 0 || item > value[i - 1]));
}
