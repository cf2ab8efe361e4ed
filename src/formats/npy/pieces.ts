// A list as a .npy file that comes in pieces, so that lists of any length need little memory: int64, int32 or float64, one axis.
import type { Bytes } from '../../base/bytes.ts';
import { npyHeader } from './write.ts';

const PIECE = 1 << 18;
const WORD = 2 ** 32;

/** `values` rounded to integers, as numpy saves an int64 list. */
export function* int64Pieces(values: ArrayLike<number>): Generator<Bytes> {
  yield npyHeader('<i8', [values.length]);
  for (let from = 0; from < values.length; from += PIECE) {
    const count = Math.min(PIECE, values.length - from);
    // Two words each, the lower first: BigInt takes ten times as long.
    const words = new Int32Array(2 * count);
    for (let i = 0; i < count; i++) {
      const value = Math.round(values[from + i]!);
      words[2 * i] = value;
      words[2 * i + 1] = Math.floor(value / WORD);
    }
    yield new Uint8Array(words.buffer);
  }
}

export function* int32Pieces(values: Int32Array<ArrayBuffer>): Generator<Bytes> {
  yield npyHeader('<i4', [values.length]);
  for (let from = 0; from < values.length; from += PIECE) yield new Uint8Array(values.slice(from, from + PIECE).buffer);
}
