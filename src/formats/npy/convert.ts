// npy arrays as what the rest of Somascope computes with: numbers in C order, or lists of texts.
import { SomascopeError } from '../../base/errors.ts';
import type { BigArray, NdArray, NumericArray } from '../../base/ndarray.ts';
import { toCOrder } from './order.ts';
import type { NpyArray } from './read.ts';

/**
 * Numbers in C order. 64-bit integers become float64 when every one of them is exact there (|v| ≤ 2^53 − 1), else `Unsupported`
 * with the index of the first that is not; complex numbers, text, dates and structs are refused too.
 */
export function toNumbers(array: NpyArray, file: string): NdArray {
  const { type } = array.header;
  if (array.complex || type.storage === 'bytes') {
    throw new SomascopeError('Unsupported', `Numbers are needed here, but the array holds ${type.text} items.`, { file });
  }
  const { data, shape } = toCOrder(array);
  return { data: data instanceof BigInt64Array || data instanceof BigUint64Array ? narrowed(data, file) : data, shape };
}

/** 64-bit integers as float64; throws `Unsupported` where one would lose digits. */
export function narrowed(data: BigArray, file: string): NumericArray {
  const halves = new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
  const isSigned = data instanceof BigInt64Array;
  const numbers = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const high = halves[2 * i + 1]!;
    const value = (isSigned ? high | 0 : high) * 4294967296 + halves[2 * i]!;
    if (!Number.isSafeInteger(value)) {
      const message = `The 64-bit integer ${data[i]} cannot be held exactly as a number.`;
      throw new SomascopeError('Unsupported', message, { file, index: i }, 'Save the array with a smaller type.');
    }
    numbers[i] = value;
  }
  return numbers;
}

/** The texts of an S or U array in C order, without the trailing zeros; throws `Unsupported` for other types. */
export function toTexts(array: NpyArray, file: string): string[] {
  const { type, count } = array.header;
  const { data, lanes } = toCOrder(array);
  if ((type.kind !== 'ascii' && type.kind !== 'unicode') || !(data instanceof Uint8Array)) {
    throw new SomascopeError('Unsupported', `Texts are needed here, but the array holds ${type.text} items.`, { file });
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const unit = type.kind === 'unicode' ? 4 : 1;
  return Array.from({ length: count }, (_, item) => {
    const codes: number[] = [];
    for (let at = item * lanes; at < (item + 1) * lanes; at += unit)
      codes.push(unit === 4 ? view.getUint32(at, true) : view.getUint8(at));
    while (codes.at(-1) === 0) codes.pop();
    if (codes.some((code) => code > 0x10ffff))
      throw new SomascopeError('Invalid', 'A text holds a code that is no character.', { file, index: item });
    return String.fromCodePoint(...codes);
  });
}
