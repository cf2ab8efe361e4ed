// The description of one zarr array, version 2 (.zarray) or 3 (zarr.json), as one shape. Sources: zarr-specs v2; v3.0 core and the
// sharding-indexed codec (ZEP 2).
import { SomascopeError } from '../../base/errors.ts';
import { asList, asNumbers, asObject, asText, type JsonObject } from '../json-values.ts';
import { parseDescr } from '../npy/index.ts';
import type { StoredType } from '../volume.ts';
import type { Codec } from './codecs.ts';

export interface ZarrArray {
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  readonly stored: StoredType;
  readonly isBool: boolean;
  readonly littleEndian: boolean;
  /** Axis `order[i]` is the i-th slowest within a chunk. */
  readonly order: readonly number[];
  readonly fill: number;
  /** From the array's side: undone in reverse. */
  readonly codecs: readonly Codec[];
  readonly shard?: ZarrShard;
  /** Path of a chunk (or shard) below the array. */
  keyOf(cell: readonly number[]): string;
  readonly attributes: JsonObject;
  readonly names: readonly (string | undefined)[];
}

export interface ZarrShard {
  /** Extents of a whole shard. */
  readonly shape: readonly number[];
  readonly isIndexAtEnd: boolean;
  readonly hasChecksum: boolean;
}

const MAX_AXES = 8;
const V3_TYPES: readonly StoredType[] = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'float32',
  'float64',
];

type Problem = (tag: 'Invalid' | 'Unsupported', message: string) => SomascopeError;

const problemIn =
  (file: string): Problem =>
  (tag, message) =>
    new SomascopeError(tag, message, { file }, 'Save the array again, with a compressor and type that are read here.');

/** A .zarray; `attributes` are those of .zattrs. */
export function parseV2(json: unknown, attributes: unknown, file: string): ZarrArray {
  const problem = problemIn(file);
  const meta = asObject(json);
  if (meta?.['zarr_format'] !== 2) throw problem('Invalid', 'This is no description of a zarr array of version 2.');
  const { shape, chunk } = checkExtents(asNumbers(meta['shape'], 0, true), asNumbers(meta['chunks'], 1, true), problem);
  const type = parseDescr(asText(meta['dtype']) ?? '', { file });
  if (type.kind === 'complex' || type.storage === 'bytes')
    throw problem('Unsupported', `The array holds ${type.text} items, no numbers.`);
  const filters = asList(meta['filters']) ?? [];
  if (filters.length > 0)
    throw problem('Unsupported', `The array was filtered with ${nameOf(filters[0])}, which is not read here.`);
  const axes = [...shape.keys()];
  const separator = asText(meta['dimension_separator']) ?? '.';
  const compressor = meta['compressor'] ?? null;
  const names = asList(asObject(attributes)?.['_ARRAY_DIMENSIONS']) ?? [];
  return {
    shape,
    chunk,
    stored: type.storage as StoredType,
    isBool: type.kind === 'bool',
    littleEndian: !type.bigEndian,
    order: meta['order'] === 'F' ? axes.reverse() : axes,
    fill: fillOf(meta['fill_value'], problem),
    codecs: compressor === null ? [] : [v2Codec(compressor, problem)],
    keyOf: (cell) => cell.join(separator),
    attributes: asObject(attributes) ?? {},
    names: names.map(asText),
  };
}

function v2Codec(compressor: unknown, problem: Problem): Codec {
  const name = asText(asObject(compressor)?.['id']);
  if (name === 'gzip' || name === 'zlib' || name === 'zstd' || name === 'blosc' || name === 'lz4') return name;
  throw problem('Unsupported', `The array is packed with ${name ?? 'an unnamed compressor'}, which is not read here.`);
}

/** A zarr.json of an array. */
export function parseV3(json: unknown, file: string): ZarrArray {
  const problem = problemIn(file);
  const meta = asObject(json);
  if (meta?.['zarr_format'] !== 3 || meta['node_type'] !== 'array')
    throw problem('Invalid', 'This is no description of a zarr array of version 3.');
  const grid = asObject(meta['chunk_grid']);
  if (grid?.['name'] !== 'regular')
    throw problem('Unsupported', `The chunks form a ${nameOf(grid)} grid, which is not read here.`);
  const outer = checkExtents(
    asNumbers(meta['shape'], 0, true),
    asNumbers(asObject(grid['configuration'])?.['chunk_shape'], 1, true),
    problem,
  );
  const typeName = asText(meta['data_type']) ?? nameOf(meta['data_type']);
  const isBool = typeName === 'bool';
  const stored = isBool ? 'uint8' : V3_TYPES.find((type) => type === typeName);
  if (!stored) throw problem('Unsupported', `The array holds items of type ${typeName}, which are not read here.`);
  const listed = asList(meta['codecs']) ?? [];
  const sharding = listed.length === 1 && nameOf(listed[0]) === 'sharding_indexed' ? configOf(listed[0]) : undefined;
  const inner = sharding ? checkExtents(outer.shape, asNumbers(sharding['chunk_shape'], 1, true), problem).chunk : outer.chunk;
  if (inner.some((extent, axis) => outer.chunk[axis]! % extent !== 0))
    throw problem('Invalid', 'The chunks do not fill their shard.');
  const chain = readChain(sharding ? (asList(sharding['codecs']) ?? []) : listed, outer.shape.length, problem);
  const keys = asObject(meta['chunk_key_encoding']);
  const isPlain = keys?.['name'] === 'v2';
  const separator = asText(asObject(keys?.['configuration'])?.['separator']) ?? (isPlain ? '.' : '/');
  return {
    shape: outer.shape,
    chunk: inner,
    stored,
    isBool,
    ...chain,
    fill: fillOf(meta['fill_value'], problem),
    keyOf: (cell) => (isPlain ? cell.join(separator) : ['c', ...cell].join(separator)),
    attributes: asObject(meta['attributes']) ?? {},
    names: (asList(meta['dimension_names']) ?? []).map(asText),
    ...(sharding && { shard: shardOf(sharding, outer.chunk, problem) }),
  };
}

function shardOf(sharding: JsonObject, shape: readonly number[], problem: Problem): ZarrShard {
  const index = (asList(sharding['index_codecs']) ?? []).map(nameOf);
  if (index.some((name) => name !== 'bytes' && name !== 'crc32c'))
    throw problem('Unsupported', `The index of the shards is packed with ${index.join(', ')}.`);
  return { shape, isIndexAtEnd: sharding['index_location'] !== 'start', hasChecksum: index.includes('crc32c') };
}

function readChain(
  listed: readonly unknown[],
  axes: number,
  problem: Problem,
): Pick<ZarrArray, 'codecs' | 'order' | 'littleEndian'> {
  let order = Array.from({ length: axes }, (_, axis) => axis);
  let littleEndian = true;
  const codecs: Codec[] = [];
  for (const item of listed) {
    const name = nameOf(item);
    const config = configOf(item);
    if (name === 'bytes') littleEndian = config['endian'] !== 'big';
    else if (name === 'transpose') {
      const listedOrder = asNumbers(config['order'], 0, true);
      if (!listedOrder || [...listedOrder].sort((a, b) => a - b).join() !== order.map((_, axis) => axis).join())
        throw problem('Invalid', 'The axes are transposed in an order that is none.');
      order = listedOrder.map((axis) => order[axis]!);
    } else if (name === 'gzip' || name === 'zstd' || name === 'blosc' || name === 'crc32c') codecs.push(name);
    else throw problem('Unsupported', `The array is packed with ${name}, which is not read here.`);
  }
  return { codecs, order, littleEndian };
}

function checkExtents(
  shape: number[] | undefined,
  chunk: number[] | undefined,
  problem: Problem,
): { shape: number[]; chunk: number[] } {
  if (!shape || !chunk || shape.length !== chunk.length || shape.length === 0 || shape.length > MAX_AXES)
    throw problem('Invalid', 'The shape of the array or of its chunks is no list of whole numbers of equal length.');
  return { shape, chunk };
}

function fillOf(value: unknown, problem: Problem): number {
  if (value === null || value === undefined || value === false) return 0;
  if (value === true) return 1;
  if (typeof value === 'number') return value;
  const known = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity };
  if (typeof value === 'string' && value in known) return known[value as keyof typeof known];
  throw problem('Unsupported', `The fill value ${JSON.stringify(value).slice(0, 40)} is not read here.`);
}

function nameOf(value: unknown): string {
  return asText(value) ?? asText(asObject(value)?.['name']) ?? asText(asObject(value)?.['id']) ?? 'something unnamed';
}

function configOf(value: unknown): JsonObject {
  return asObject(asObject(value)?.['configuration']) ?? {};
}
