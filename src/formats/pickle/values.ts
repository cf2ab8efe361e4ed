// What a pickle can become here: plain values, numpy arrays as typed arrays, and nothing that could run.
import type { BigArray, NumericArray } from '../../base/ndarray.ts';

/** Lists and tuples are arrays, dicts are maps, `bytes` are Uint8Arrays, integers beyond 2^53 bigints. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array<ArrayBuffer>
  | PickledArray
  | Dtype
  | Callable
  | PickleValue[]
  | Map<PickleValue, PickleValue>;

/** A numpy array; `data` are typed numbers, or values where the array holds objects, in the order of the file. Empty until its state comes. */
export class PickledArray {
  shape: readonly number[] = [0];
  fortranOrder = false;
  data: NumericArray | BigArray | PickleValue[] = [];
}

/** A numpy dtype by its code ('f4', 'O8') and byte order. */
export class Dtype {
  readonly code: string;
  order = '<';

  constructor(code: string) {
    this.code = code;
  }

  get isObject(): boolean {
    return /^\|?O/.test(this.code);
  }
}

/** One of the builders of the allow-list: a name to interpret, no function. */
export class Callable {
  readonly does: 'reconstruct' | 'scalar' | 'frombuffer' | 'dtype' | 'ndarray' | 'encode' | 'no-bytes';

  constructor(does: Callable['does']) {
    this.does = does;
  }
}

/** Why a value is refused; the reader adds the byte. */
export class Refused extends Error {}
