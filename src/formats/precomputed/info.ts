// The `info` of a neuroglancer precomputed volume. Sizes and offsets are x, y, z in the file and z, y, x here; resolutions nanometres
// there and micrometres here. Source: google/neuroglancer src/datasource/precomputed/volume.md (c0f79b1).
import { SomascopeError } from '../../base/errors.ts';
import type { Triple } from '../../base/volume.ts';
import { asList, asNumbers, asObject, asText, type JsonObject } from '../json-values.ts';
import type { StoredType } from '../volume.ts';

export type Encoding = 'raw' | 'jpeg' | 'png' | 'compressed_segmentation';

export interface Sharding {
  readonly preshiftBits: number;
  readonly hash: 'identity' | 'murmurhash3_x86_128';
  readonly minishardBits: number;
  readonly shardBits: number;
  readonly isIndexGzip: boolean;
  readonly isDataGzip: boolean;
}

export interface Scale {
  readonly key: string;
  readonly shape: Triple;
  readonly offset: Triple;
  readonly chunk: Triple;
  /** Micrometres. */
  readonly voxelSize: Triple;
  readonly encoding: Encoding;
  /** Of compressed_segmentation. */
  readonly block: Triple;
  readonly sharding: Sharding | undefined;
}

export interface PrecomputedInfo {
  readonly isSegmentation: boolean;
  readonly stored: StoredType;
  readonly channels: number;
  /** Finest first. */
  readonly scales: readonly Scale[];
}

const TYPES: readonly StoredType[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'uint64', 'float32'];
const ENCODINGS: readonly Encoding[] = ['raw', 'jpeg', 'png', 'compressed_segmentation'];
const MAX_SCALES = 64;
const MAX_CHUNK = 2 ** 26;

type Problem = (tag: 'Invalid' | 'Unsupported', message: string) => SomascopeError;

/** Throws Invalid, or Unsupported with the name of the encoding, type or hash. */
export function parseInfo(json: unknown, file: string): PrecomputedInfo {
  const problem: Problem = (tag, message) =>
    new SomascopeError(tag, message, { file, entry: 'info' }, 'Choose a precomputed volume of another encoding.');
  const info = asObject(json);
  const listed = asList(info?.['scales']);
  if (!info || !listed || listed.length === 0) {
    const redirect = asText(info?.['redirect']);
    throw problem(
      'Invalid',
      redirect ? `The volume has moved to ${redirect}.` : 'The info file describes no volume: it lists no scales.',
    );
  }
  const typeName = asText(info['data_type'])?.toLowerCase() ?? 'none';
  const stored = TYPES.find((type) => type === typeName);
  if (!stored) throw problem('Unsupported', `Voxels of type ${typeName} are not read here.`);
  const channels = info['num_channels'];
  if (typeof channels !== 'number' || !Number.isInteger(channels) || channels < 1 || channels > 1024)
    throw problem('Invalid', 'The number of channels is none.');
  const scales = listed
    .slice(0, MAX_SCALES)
    .map((scale) => readScale(asObject(scale) ?? {}, problem))
    .filter((scale) => scale !== undefined);
  if (scales.length === 0) throw problem('Invalid', 'All scales of the volume are hidden.');
  return { isSegmentation: info['type'] === 'segmentation', stored, channels, scales };
}

function readScale(scale: JsonObject, problem: Problem): Scale | undefined {
  if (scale['hidden'] === true) return undefined;
  const key = asText(scale['key']);
  const chunks = asList(scale['chunk_sizes']);
  const [shape, chunk] = [triple(scale['size'], 1), triple(chunks?.[0], 1)];
  const resolution = asNumbers(scale['resolution'], Number.MIN_VALUE);
  if (key === undefined || !shape || !chunk || resolution?.length !== 3)
    throw problem('Invalid', 'A scale lacks its key, size, resolution or chunk size.');
  if (chunk[0] * chunk[1] * chunk[2] > MAX_CHUNK)
    throw problem('Unsupported', `Chunks of ${chunk.join(' × ')} voxels are not read here.`);
  const name = asText(scale['encoding'])?.toLowerCase() ?? 'none';
  const encoding = ENCODINGS.find((one) => one === name);
  if (!encoding) throw problem('Unsupported', `Chunks encoded as ${name} are not read here.`);
  const block = triple(scale['compressed_segmentation_block_size'], 1);
  if (encoding === 'compressed_segmentation' && !block)
    throw problem('Invalid', 'The scale lacks its compressed_segmentation_block_size.');
  return {
    key,
    shape,
    chunk,
    offset: triple(scale['voxel_offset'] ?? [0, 0, 0], Number.MIN_SAFE_INTEGER) ?? [0, 0, 0],
    voxelSize: [resolution[2]! / 1000, resolution[1]! / 1000, resolution[0]! / 1000],
    encoding,
    block: block ?? [8, 8, 8],
    sharding: readSharding(scale['sharding'], problem),
  };
}

function readSharding(value: unknown, problem: Problem): Sharding | undefined {
  const sharding = asObject(value);
  if (!sharding) return undefined;
  if (sharding['@type'] !== 'neuroglancer_uint64_sharded_v1')
    throw problem('Unsupported', `Shards of type ${String(sharding['@type'])} are not read here.`);
  const hash = sharding['hash'];
  if (hash !== 'identity' && hash !== 'murmurhash3_x86_128')
    throw problem('Unsupported', `Shards hashed with ${String(hash)} are not read here.`);
  const bits = ['preshift_bits', 'minishard_bits', 'shard_bits'].map((name) => sharding[name]);
  if (!bits.every((count) => typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= 64))
    throw problem('Invalid', 'The shards have no whole number of bits.');
  const [preshiftBits, minishardBits, shardBits] = bits as [number, number, number];
  if (minishardBits > 22) throw problem('Unsupported', `Shards of 2^${minishardBits} parts are not read here.`);
  const isGzip = (name: string) => {
    const encoding = sharding[name] ?? 'raw';
    if (encoding !== 'raw' && encoding !== 'gzip')
      throw problem('Unsupported', `Shards packed with ${String(encoding)} are not read here.`);
    return encoding === 'gzip';
  };
  return {
    preshiftBits,
    hash,
    minishardBits,
    shardBits,
    isIndexGzip: isGzip('minishard_index_encoding'),
    isDataGzip: isGzip('data_encoding'),
  };
}

/** [x, y, z] as [z, y, x]. */
function triple(value: unknown, least: number): Triple | undefined {
  const numbers = asNumbers(value, least, true);
  return numbers?.length === 3 ? [numbers[2]!, numbers[1]!, numbers[0]!] : undefined;
}
