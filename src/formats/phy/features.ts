// Principal components of spikes, pc_features.npy [spike, component, channel]: gigabytes, so only the spikes asked for are read.
// In C order a spike's numbers lie together; in Fortran order each number of all spikes does, and a stretch of each is read.
import { SomascopeError } from '../../base/errors.ts';
import { decodeItems, narrowed, readNpyHeader, readNpyNumbers } from '../npy/index.ts';
import type { ByteSource } from '../source.ts';
import type { PhyFiles } from './read.ts';

export interface Features {
  readonly spikes: number;
  readonly components: number;
  /** Channels of one spike. */
  readonly local: number;
  /** [template, local channel]: electrodes; undefined where every spike has all channels in order. */
  readonly channels: Int32Array<ArrayBuffer> | undefined;
  /**
   * Features of `spikes` (places in the file, ascending), [spike, component, channel]. Throws RangeError for a spike that is not
   * there, else as `ByteSource.read`.
   */
  read(spikes: ArrayLike<number>, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
}

// Spikes that lie nearer than this are read in one piece with those between them.
const GAP_BYTES = 65_536;
const PIECE_BYTES = 16 * 2 ** 20;

/** Undefined where the folder has none. Throws Invalid for an array of other axes. */
export async function openFeatures(files: PhyFiles, signal?: AbortSignal): Promise<Features | undefined> {
  const source = files.get('pc_features.npy');
  if (!source) return undefined;
  const header = await readNpyHeader(source, signal);
  const { shape, type, fortranOrder, dataOffset } = header;
  if (shape.length !== 3 || type.storage === 'bytes' || type.kind === 'complex') {
    const message = `${source.name} holds ${type.text} items of shape (${shape.join(', ')}); features are [spike, component, channel].`;
    throw new SomascopeError('Invalid', message, { file: source.name });
  }
  const [spikes, components, local] = shape as [number, number, number];
  const index = files.get('pc_feature_ind.npy');
  const channels = index && Int32Array.from((await readNpyNumbers(index, signal)).data);
  const values = components * local;
  const stretch = async (from: number, items: number, s?: AbortSignal) => {
    const bytes = await source.read(dataOffset + from * type.itemBytes, items * type.itemBytes, s);
    const data = decodeItems(bytes, header);
    return data instanceof BigInt64Array || data instanceof BigUint64Array ? narrowed(data, source.name) : data;
  };
  const read = async (wanted: ArrayLike<number>, s?: AbortSignal) => {
    const out = new Float32Array(wanted.length * values);
    // The numbers of one spike lie together in C order; in Fortran order there are `values` runs of one number a spike.
    const runs = fortranOrder ? values : 1;
    const width = fortranOrder ? 1 : values;
    for (const { first, last, from, to } of pieces(source, wanted, spikes, width * type.itemBytes)) {
      for (let run = 0; run < runs; run++) {
        const data = await stretch(run * spikes + from * width, (to - from) * width, s);
        for (let i = first; i <= last; i++) {
          const at = (wanted[i]! - from) * width;
          // Fortran order counts components first: number run = component + channel * components.
          if (fortranOrder) out[i * values + (run % components) * local + Math.floor(run / components)] = data[at]!;
          else for (let j = 0; j < width; j++) out[i * values + j] = data[at + j]!;
        }
      }
    }
    return out;
  };
  return { spikes, components, local, channels, read };
}

interface Piece {
  /** Places in the list of spikes. */
  readonly first: number;
  readonly last: number;
  /** Spikes of the file, `to` excluded. */
  readonly from: number;
  readonly to: number;
}

function* pieces({ name }: ByteSource, wanted: ArrayLike<number>, spikes: number, bytes: number): Generator<Piece> {
  let first = 0;
  for (let i = 0; i < wanted.length; i++) {
    const spike = wanted[i]!;
    if (!Number.isInteger(spike) || spike < 0 || spike >= spikes) throw new RangeError(`${name} has no spike ${spike}`);
    if (i > 0 && spike < wanted[i - 1]!) throw new RangeError('spikes are asked for in ascending order');
    const next = wanted[i + 1];
    const isTogether =
      next !== undefined && (next - spike) * bytes <= GAP_BYTES && (next - wanted[first]!) * bytes <= PIECE_BYTES;
    if (isTogether) continue;
    yield { first, last: i, from: wanted[first]!, to: spike + 1 };
    first = i + 1;
  }
}
