// A channel of BossDB as a volume: its extents from the coordinate frame, its voxels as cut-outs (npygz: a zlib stream of a .npy).
// Source: jhuapl-boss/boss API v1 (collection, experiment, channel, coord, cutout). Voxel sizes in micrometres.
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { shapeText, type Triple } from '../../base/volume.ts';
import { unpackedSource } from '../gzip.ts';
import { asObject, asText, type JsonObject } from '../json-values.ts';
import { openNpyVolume } from '../npy/index.ts';
import { bytesSource } from '../source.ts';
import { checkBox, dtypeOfStored, STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import { ask, type HttpOptions, readBody } from './request.ts';

const MICRONS: Readonly<Record<string, number>> = { nanometers: 1e-3, micrometers: 1, millimeters: 1000, centimeters: 1e4 };
const TYPES: readonly StoredType[] = ['uint8', 'uint16', 'uint64'];
const BRICK: Triple = [16, 512, 512];
/** The server gives 500 MB at once; a tab wants less. */
const MAX_CUTOUT_BYTES = 64 * 2 ** 20;
const MAX_JSON_BYTES = 2 ** 20;
const PUBLIC = { Authorization: 'Token public' };

/** `url` as in `RemoteAddress`. Asks for three descriptions. Throws what `ask` throws, Invalid, Unsupported. */
export async function openBossdb(url: string, options: HttpOptions = {}): Promise<VolumeReader> {
  const [collection, experiment, channel] = new URL(url).pathname.slice(1).split('/');
  const api = `${new URL(url).origin}/v1`;
  const within = { ...options, headers: { ...PUBLIC, ...options.headers } };
  const scope = `${api}/collection/${collection}/experiment/${experiment}`;
  const about = await readDescription(`${scope}/channel/${channel}/`, within);
  const frameName = asText((await readDescription(`${scope}/`, within))['coord_frame']);
  const frame = await readDescription(`${api}/coord/${encodeURIComponent(frameName ?? '')}/`, within);
  const type = asText(about['datatype']) ?? 'unknown';
  const stored = TYPES.find((known) => known === type);
  if (!stored)
    throw new SomascopeError(
      'Unsupported',
      `BossDB voxels of type ${type} are not read here.`,
      { file: url },
      'Choose another channel.',
    );
  const start = ['z', 'y', 'x'].map((axis) => Number(frame[`${axis}_start`] ?? 0)) as unknown as Triple;
  const shape = ['z', 'y', 'x'].map((axis, i) => Number(frame[`${axis}_stop`]) - start[i]!) as unknown as Triple;
  if (!shape.every((extent) => Number.isInteger(extent) && extent > 0))
    throw new SomascopeError(
      'Invalid',
      `BossDB gives no extents of ${url}.`,
      { file: url },
      'Check collection, experiment and channel.',
    );
  const factor = MICRONS[asText(frame['voxel_unit']) ?? ''] ?? Number.NaN;
  const size = ['z', 'y', 'x'].map((axis) => Number(frame[`${axis}_voxel_size`]) * factor);
  const cutouts = `${api}/cutout/${collection}/${experiment}/${channel}/0`;
  return {
    name: url,
    shape,
    stored,
    dtype: dtypeOfStored(stored),
    voxelSize: size.every((length) => length > 0) ? (size as unknown as Triple) : undefined,
    kindHint: about['type'] === 'annotation' ? 'labels' : 'image',
    notices: [],
    brick: shape.map((extent, axis) => Math.min(extent, BRICK[axis]!)) as unknown as Triple,
    isSequential: false,
    readBox: async (from, to, signal) => {
      const extent = checkBox(url, shape, from, to, STORED_BYTES[stored]);
      const bytes = extent[0] * extent[1] * extent[2] * STORED_BYTES[stored];
      if (bytes > MAX_CUTOUT_BYTES)
        throw new SomascopeError(
          'Unsafe',
          `A cut-out of ${shapeText(extent)} voxels is too large to ask for.`,
          { file: url },
          'Look at a smaller part.',
        );
      const range = [2, 1, 0].map((axis) => `${start[axis]! + from[axis]!}:${start[axis]! + to[axis]!}`).join('/');
      return readCutout(`${cutouts}/${range}/?access-mode=no-cache`, extent, { ...within, signal: signal ?? within.signal });
    },
  };
}

async function readCutout(url: string, extent: Triple, options: HttpOptions): Promise<NumericArray> {
  const response = await ask(url, { headers: { Accept: 'application/npygz' } }, options, (status) => status === 200);
  const packed = await readBody(response, url, 2 * MAX_CUTOUT_BYTES, options);
  const volume = await openNpyVolume(unpackedSource(bytesSource(url, packed), 'deflate'), { isSequential: true }, options.signal);
  if (volume.shape.some((length, axis) => length !== extent[axis]))
    throw new SomascopeError(
      'Invalid',
      `BossDB sent ${shapeText(volume.shape)} voxels where ${shapeText(extent)} were asked for.`,
      { file: url },
      'Try again.',
    );
  return volume.readBox([0, 0, 0], volume.shape, options.signal);
}

async function readDescription(url: string, options: HttpOptions): Promise<JsonObject> {
  const response = await ask(url, { headers: { Accept: 'application/json' } }, options, (status) => status === 200);
  const text = new TextDecoder().decode(await readBody(response, url, MAX_JSON_BYTES, options));
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch (error) {
    throw new SomascopeError(
      'Invalid',
      'BossDB answered with something that is no JSON.',
      { file: url },
      'Try again later.',
      error,
    );
  }
}
