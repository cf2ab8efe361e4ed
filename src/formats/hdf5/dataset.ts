// What the messages of a dataset say: extents, type, filters, fill value, voxel size.
// Source: HDF5 File Format Specification 3.0, IV.A.2.b, d, f, l and m.
import type { Triple } from '../../base/volume.ts';
import type { StoredType } from '../volume.ts';
import { type Message, type Problem, textOf } from './objects.ts';

export interface DatasetFacts {
  readonly shape: readonly number[];
  /** Undefined for texts, structs and other items that are no plain numbers. */
  readonly type: ItemType | undefined;
  readonly filters: readonly number[];
  readonly fill: number;
  readonly voxelSize: Triple | undefined;
}

export interface ItemType {
  readonly stored: StoredType;
  readonly littleEndian: boolean;
  readonly isBool: boolean;
}

const MAX_AXES = 32;
const INTEGERS: Readonly<Record<number, readonly [StoredType, StoredType]>> = {
  1: ['uint8', 'int8'],
  2: ['uint16', 'int16'],
  4: ['uint32', 'int32'],
  8: ['uint64', 'int64'],
};
const FLOATS: Readonly<Record<number, StoredType>> = { 2: 'float16', 4: 'float32', 8: 'float64' };

/** Throws `Invalid` where messages end too early or claim what cannot be. */
export function parseDataset(messages: readonly Message[], problem: Problem): DatasetFacts {
  const find = (wanted: number) => messages.find(({ type }) => type === wanted);
  const where = messages[0]?.offset ?? 0;
  try {
    const space = find(1);
    const type = find(3);
    const itemType = type && parseType(type.bytes, 0);
    const attributes = messages.filter((message) => message.type === 12).flatMap(({ bytes }) => parseAttribute(bytes) ?? []);
    return {
      shape: space ? parseShape(space.bytes) : [],
      type: itemType,
      filters: parseFilters(find(11)?.bytes),
      fill: (itemType && fillOf(find(5)?.bytes, itemType)) ?? 0,
      voxelSize: voxelSizeOf(attributes),
    };
  } catch (error) {
    if (error instanceof RangeError) throw problem('Invalid', 'The description of a dataset of the HDF5 file is damaged.', where);
    throw error;
  }
}

function parseShape(bytes: DataView): number[] {
  const version = bytes.getUint8(0);
  const axes = Math.min(bytes.getUint8(1), MAX_AXES);
  const first = version === 1 ? 8 : 4;
  return Array.from({ length: axes }, (_, axis) => Number(bytes.getBigUint64(first + 8 * axis, true)));
}

function parseType(bytes: DataView, at: number): ItemType | undefined {
  const kind = bytes.getUint8(at) & 15;
  const flags = bytes.getUint8(at + 1);
  const size = bytes.getUint32(at + 4, true);
  const littleEndian = (flags & 1) === 0;
  if (kind === 0) {
    const stored = INTEGERS[size]?.[flags & 8 ? 1 : 0];
    return stored && { stored, littleEndian, isBool: false };
  }
  if (kind === 1 && (flags & 0x40) === 0) return FLOATS[size] && { stored: FLOATS[size], littleEndian, isBool: false };
  if (kind !== 8) return undefined;
  // h5py writes booleans as an enumeration of FALSE and TRUE.
  const base = parseType(bytes, at + 8);
  return base && { ...base, stored: base.stored === 'int8' ? 'uint8' : base.stored, isBool: true };
}

function parseFilters(bytes: DataView | undefined): number[] {
  if (!bytes) return [];
  const [version, count] = [bytes.getUint8(0), bytes.getUint8(1)];
  const filters: number[] = [];
  let at = version === 1 ? 8 : 2;
  for (let i = 0; i < count; i++) {
    const id = bytes.getUint16(at, true);
    const hasName = version === 1 || id >= 256;
    const name = hasName ? bytes.getUint16(at + 2, true) : 0;
    const values = bytes.getUint16(at + (hasName ? 6 : 4), true);
    at +=
      (hasName ? 8 : 6) +
      (version === 1 ? Math.ceil(name / 8) * 8 : name) +
      4 * values +
      (version === 1 && values % 2 === 1 ? 4 : 0);
    filters.push(id);
  }
  return filters;
}

function fillOf(bytes: DataView | undefined, type: ItemType): number | undefined {
  if (!bytes) return undefined;
  const version = bytes.getUint8(0);
  const isDefined = version === 3 ? (bytes.getUint8(1) & 0x20) !== 0 : version === 1 || bytes.getUint8(3) !== 0;
  const at = version === 3 ? 2 : 4;
  if (!isDefined || bytes.byteLength < at + 4 || bytes.getUint32(at, true) === 0) return undefined;
  return numberAt(bytes, at + 4, type);
}

function numberAt(bytes: DataView, at: number, { stored, littleEndian }: ItemType): number {
  switch (stored) {
    case 'uint8':
      return bytes.getUint8(at);
    case 'int8':
      return bytes.getInt8(at);
    case 'uint16':
      return bytes.getUint16(at, littleEndian);
    case 'int16':
      return bytes.getInt16(at, littleEndian);
    case 'uint32':
      return bytes.getUint32(at, littleEndian);
    case 'int32':
      return bytes.getInt32(at, littleEndian);
    case 'uint64':
      return Number(bytes.getBigUint64(at, littleEndian));
    case 'int64':
      return Number(bytes.getBigInt64(at, littleEndian));
    case 'float32':
      return bytes.getFloat32(at, littleEndian);
    case 'float64':
      return bytes.getFloat64(at, littleEndian);
    case 'float16':
      return 0;
  }
}

interface Attribute {
  readonly name: string;
  readonly values: readonly number[];
}

/** An attribute of up to 16 numbers; undefined for others. */
function parseAttribute(bytes: DataView): Attribute | undefined {
  const version = bytes.getUint8(0);
  const [nameBytes, typeBytes, spaceBytes] = [bytes.getUint16(2, true), bytes.getUint16(4, true), bytes.getUint16(6, true)];
  const padded = (length: number) => (version === 1 ? Math.ceil(length / 8) * 8 : length);
  const first = version === 3 ? 9 : 8;
  const typeAt = first + padded(nameBytes);
  const spaceAt = typeAt + padded(typeBytes);
  const valuesAt = spaceAt + padded(spaceBytes);
  if (valuesAt > bytes.byteLength) return undefined;
  const name = textOf(bytes, first, nameBytes).replace(/\0.*$/, '');
  const type = parseType(bytes, typeAt);
  const shape = parseShape(new DataView(bytes.buffer, bytes.byteOffset + spaceAt, spaceBytes));
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (!type || count > 16) return undefined;
  const width = Number(/\d+$/.exec(type.stored)![0]) / 8;
  if (valuesAt + count * width > bytes.byteLength) return undefined;
  return { name, values: Array.from({ length: count }, (_, i) => numberAt(bytes, valuesAt + i * width, type)) };
}

/** ilastik's and Fiji's `element_size_um` [z, y, x]; the `resolution` of CREMI in nanometres. */
function voxelSizeOf(attributes: readonly Attribute[]): Triple | undefined {
  const find = (wanted: string, factor: number) =>
    attributes.find(({ name }) => name === wanted)?.values.map((value) => value * factor);
  const size = find('element_size_um', 1) ?? find('resolution', 1e-3);
  return size?.length === 3 && size.every((length) => length > 0 && Number.isFinite(length))
    ? (size as unknown as Triple)
    : undefined;
}
