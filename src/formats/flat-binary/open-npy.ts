// A recording in a .npy file: a table of samples, time along its longer axis. [frame, column] in C order is read in place; where a
// column's samples lie together ([column, frame] in C order, [frame, column] in Fortran order), each column's stretch is one read.
import { SomascopeError } from '../../base/errors.ts';
import { makeLimiter } from '../../base/limiter.ts';
import { makeArray, type NumericArray } from '../../base/ndarray.ts';
import { decodeItems, narrowed, readNpyHeader } from '../npy/index.ts';
import { checkFrames, type Recording, recordingOf } from '../recording.ts';
import type { ByteSource } from '../source.ts';
import { dtypeAsRead } from './types.ts';

const READS_AT_ONCE = 32;
const MOST_CHANNELS = 65_536;

/** Hz; NaN where unknown. Throws as `readNpyHeader`, and Invalid for an array that is no table of numbers. */
export async function openNpyRecording(source: ByteSource, samplingRate: number, signal?: AbortSignal): Promise<Recording> {
  const { name } = source;
  const header = await readNpyHeader(source, signal);
  const { type, shape, fortranOrder, dataOffset } = header;
  const [first = 0, second = 0] = shape;
  const channels = Math.min(first, second);
  const frames = Math.max(first, second);
  if (shape.length !== 2 || type.storage === 'bytes' || type.kind === 'complex' || channels < 1 || channels > MOST_CHANNELS) {
    const message = `${name} holds ${type.text} items of shape (${shape.join(', ')}); a recording is a table (samples, channels).`;
    throw new SomascopeError('Invalid', message, { file: name }, 'Save the traces as a two-dimensional array.');
  }
  const { itemBytes } = type;
  const dtype = dtypeAsRead(type);
  const items = async (from: number, count: number, stop: AbortSignal | undefined): Promise<NumericArray> => {
    const data = decodeItems(await source.read(dataOffset + from * itemBytes, count * itemBytes, stop), header);
    return data instanceof BigInt64Array || data instanceof BigUint64Array ? narrowed(data, name) : data;
  };
  const isByFrame = first >= second !== fortranOrder;
  const read = async (start: number, end: number, stop?: AbortSignal) => {
    checkFrames({ name, frames }, start, end);
    if (isByFrame) return items(start * channels, (end - start) * channels, stop);
    const out = makeArray(dtype, (end - start) * channels);
    const limiter = makeLimiter(READS_AT_ONCE);
    const readColumn = async (column: number) => {
      const data = await items(column * frames + start, end - start, stop);
      for (let i = 0; i < data.length; i++) out[i * channels + column] = data[i]!;
    };
    await Promise.all(Array.from({ length: channels }, (_, column) => limiter(() => readColumn(column))));
    return out;
  };
  return recordingOf({ name, channels, frames, dtype, notices: [], read }, { format: 'NPY', samplingRate });
}
