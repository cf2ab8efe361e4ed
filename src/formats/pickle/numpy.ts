// The only callables a pickle may name: numpy's own builders of arrays, dtypes and scalars, by any of the module names that numpy
// 1 and 2 wrote, and the two ways in which protocol 2 spells bytes. They are interpreted here; nothing of the pickle is ever executed.
// Source: numpy/_core/multiarray.py (_reconstruct, scalar), numpy/_core/numeric.py (_frombuffer), ndarray.__setstate__.
import { decodeItems, type NpyType, narrowed, parseDescr } from '../npy/index.ts';
import { Callable, Dtype, PickledArray, type PickleValue, Refused } from './values.ts';

const CORES = ['numpy.core', 'numpy._core'];
const ALLOWED: ReadonlyMap<string, Callable> = new Map([
  ...CORES.flatMap((core): [string, Callable][] => [
    [`${core}.multiarray._reconstruct`, new Callable('reconstruct')],
    [`${core}.multiarray.scalar`, new Callable('scalar')],
    [`${core}.numeric._frombuffer`, new Callable('frombuffer')],
  ]),
  ['numpy.dtype', new Callable('dtype')],
  ['numpy.ndarray', new Callable('ndarray')],
  ['_codecs.encode', new Callable('encode')],
  ['__builtin__.bytes', new Callable('no-bytes')],
]);

/** The builder of that name, if it is one of those that are read here. */
export function findAllowed(module: string, name: string): Callable | undefined {
  return ALLOWED.get(`${module}.${name}`);
}

const MOST_AXES = 32;
const isBytes = (value: PickleValue | undefined): value is Uint8Array<ArrayBuffer> => value instanceof Uint8Array;
const isShape = (value: PickleValue | undefined): value is number[] =>
  Array.isArray(value) &&
  value.length <= MOST_AXES &&
  value.every((extent) => Number.isSafeInteger(extent) && Number(extent) >= 0);
const countOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** What the builder would make of these arguments. Throws Refused. */
export function build({ does }: Callable, [first, second, third, fourth]: readonly PickleValue[]): PickleValue {
  switch (does) {
    case 'reconstruct':
      return new PickledArray();
    case 'dtype':
      if (typeof first === 'string') return new Dtype(first);
      throw new Refused('A dtype has no name');
    case 'scalar':
      if (first instanceof Dtype && isBytes(second)) return scalarOf(first, second);
      throw new Refused('A scalar of numpy is not made of a dtype and bytes');
    case 'frombuffer':
      if (isBytes(first) && second instanceof Dtype && isShape(third)) {
        return fill(new PickledArray(), second, third, first, fourth === 'F');
      }
      throw new Refused('An array of numpy is not made of bytes, a dtype and a shape');
    case 'encode':
      if (typeof first === 'string' && second === 'latin1') return Uint8Array.from(first, (char) => char.charCodeAt(0));
      throw new Refused('Only latin1 text is encoded');
    case 'no-bytes':
      if (first === undefined) return new Uint8Array(0);
      throw new Refused('Bytes are made of something');
    case 'ndarray':
      throw new Refused('An array of numpy is made without its state');
  }
}

/** Gives a dtype or an array its state. Throws Refused. */
export function setState(target: PickleValue | undefined, state: PickleValue): void {
  if (!Array.isArray(state)) throw new Refused('A state is no tuple');
  if (target instanceof Dtype) {
    const [, order, subtype = null, names = null] = state;
    if (typeof order !== 'string' || subtype !== null || names !== null) {
      throw new Refused('A dtype of several fields is not read here');
    }
    target.order = order;
  } else if (target instanceof PickledArray) {
    const [, shape, dtype, fortranOrder, content] = state;
    if (!isShape(shape) || !(dtype instanceof Dtype)) throw new Refused('The state of an array has no shape or dtype');
    fill(target, dtype, shape, content, fortranOrder === true);
  } else throw new Refused('Something that is no array or dtype is given a state');
}

function fill(
  array: PickledArray,
  dtype: Dtype,
  shape: readonly number[],
  content: PickleValue | undefined,
  fortranOrder: boolean,
): PickledArray {
  if (dtype.isObject) {
    if (!Array.isArray(content) || content.length !== countOf(shape)) throw new Refused('An array of objects has another length');
    array.data = content;
  } else {
    const type = typeOf(dtype);
    if (!isBytes(content) || countOf(shape) * type.itemBytes !== content.length) {
      throw new Refused('An array has another size than its bytes');
    }
    array.data = decodeItems(content, { type });
  }
  array.shape = shape;
  array.fortranOrder = fortranOrder;
  return array;
}

function typeOf({ code, order }: Dtype): NpyType {
  const type = parseDescr(/^[<>|=]/.test(code) ? code : `${order}${code}`, {});
  if (type.storage === 'bytes' || type.kind === 'complex') throw new Refused(`Items of type ${type.text} are not read here`);
  return type;
}

function scalarOf(dtype: Dtype, bytes: Uint8Array<ArrayBuffer>): PickleValue {
  const type = typeOf(dtype);
  if (bytes.length !== type.itemBytes) throw new Refused('A scalar has another size than its bytes');
  const data = decodeItems(bytes, { type });
  if (type.kind === 'bool') return data[0] === 1;
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? narrowed(data, '')[0]! : data[0]!;
}
