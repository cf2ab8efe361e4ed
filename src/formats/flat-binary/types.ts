// Sample types of flat recordings by their numpy names ("int16", "<i2", ">f4").
import { SomascopeError } from '../../base/errors.ts';
import type { DType } from '../../base/ndarray.ts';
import { type NpyType, parseDescr } from '../npy/index.ts';

const NAMES: Readonly<Record<string, string>> = {
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  float16: '<f2',
  float32: '<f4',
  float64: '<f8',
};

/** The type that numpy calls `name`; throws Unsupported for those that hold no numbers. `file` says where it was read. */
export function sampleType(name: string, file: string): NpyType {
  const plain = name.replace(/^(np|numpy)\./, '');
  const hint = 'Samples are int8, uint8, int16, uint16, int32, uint32, float32 or float64.';
  const refused = new SomascopeError('Unsupported', `Samples of type ${JSON.stringify(name)} are not read here.`, { file }, hint);
  let type: NpyType;
  try {
    type = parseDescr(NAMES[plain] ?? plain, { file });
  } catch {
    throw refused;
  }
  if (type.storage === 'bytes' || type.kind === 'complex') throw refused;
  return type;
}

/** What the samples are once read: float16 as float32, 64-bit integers as float64. */
export function dtypeAsRead({ storage }: NpyType): DType {
  if (storage === 'float16') return 'float32';
  return storage === 'int64' || storage === 'uint64' || storage === 'bytes' ? 'float64' : storage;
}
