// Time-major samples [frame, column] behind a header of fixed size, in one file or in several that follow one another.
// Frame f of a file lies at header + f * columns * item bytes: offsets beyond 2^32 are plain numbers here.
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import { decodeItems, type NpyType, narrowed } from '../npy/index.ts';
import { checkFrames, type Samples } from '../recording.ts';
import type { ByteSource } from '../source.ts';
import { dtypeAsRead } from './types.ts';

export interface FlatLayout {
  readonly type: NpyType;
  readonly channels: number;
  /** Bytes before the first frame of every file. */
  readonly header: number;
}

export interface FlatFit {
  readonly frames: number;
  /** Bytes left over behind the last whole frame: the layout is wrong, or the file is cut off. */
  readonly rest: number;
}

const MOST_CHANNELS = 65_536;

/** How many frames `size` bytes hold. Throws Invalid for a layout that cannot be: no channels, a header longer than the file. */
export function fitFlat(size: number, { type, channels, header }: FlatLayout, file: string): FlatFit {
  if (!Number.isInteger(channels) || channels < 1 || channels > MOST_CHANNELS) {
    const message = `A recording has 1 to ${grouped(MOST_CHANNELS)} channels, not ${channels}.`;
    throw new SomascopeError('Invalid', message, { file }, 'Set the number of channels.');
  }
  if (!Number.isSafeInteger(header) || header < 0 || header > size) {
    const message = `The header is said to take ${header} bytes; the file has ${grouped(size)}.`;
    throw new SomascopeError('Invalid', message, { file }, 'Set the offset to the bytes before the first sample.');
  }
  const frameBytes = channels * type.itemBytes;
  const frames = Math.floor((size - header) / frameBytes);
  return { frames, rest: size - header - frames * frameBytes };
}

/**
 * The samples of `sources`, one behind the other. Bytes that make no whole frame at the end of a file are left out with a notice.
 * Throws Invalid where the layout cannot be, or where no file holds a whole frame.
 */
export function flatSamples(name: string, sources: readonly ByteSource[], layout: FlatLayout): Samples {
  const { type, channels, header } = layout;
  const frameBytes = channels * type.itemBytes;
  const notices: string[] = [];
  const ends: number[] = [];
  for (const source of sources) {
    const { frames, rest } = fitFlat(source.size, layout, source.name);
    ends.push((ends.at(-1) ?? 0) + frames);
    if (rest > 0) notices.push(restNotice(source, layout, rest));
  }
  const frames = ends.at(-1) ?? 0;
  if (frames === 0) {
    const size = sources.reduce((sum, source) => sum + source.size, 0);
    const message = `${name} holds no whole frame: ${grouped(size)} bytes, and one frame of ${channels} channels takes ${grouped(frameBytes)}.`;
    throw new SomascopeError('CutOff', message, { file: name }, 'Copy the file again, or set the number of channels.');
  }
  const read = async (start: number, end: number, signal?: AbortSignal): Promise<NumericArray> => {
    checkFrames({ name, frames }, start, end);
    const bytes = await readFrames(sources, ends, { start, end, frameBytes, header }, signal);
    const data = decodeItems(bytes, { type });
    return data instanceof BigInt64Array || data instanceof BigUint64Array ? narrowed(data, name) : data;
  };
  return { name, channels, frames, dtype: dtypeAsRead(type), notices, read };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly frameBytes: number;
  readonly header: number;
}

async function readFrames(
  sources: readonly ByteSource[],
  ends: readonly number[],
  { start, end, frameBytes, header }: Stretch,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = await Promise.all(
    sources.flatMap((source, i) => {
      const first = i === 0 ? 0 : ends[i - 1]!;
      const from = Math.max(start, first);
      const to = Math.min(end, ends[i]!);
      if (from >= to) return [];
      return [source.read(header + (from - first) * frameBytes, (to - from) * frameBytes, signal)];
    }),
  );
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array((end - start) * frameBytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function restNotice({ name, size }: ByteSource, { type, channels, header }: FlatLayout, rest: number): string {
  const frame = `${channels} channels × ${type.itemBytes} bytes`;
  const behind = header > 0 ? ` behind the header of ${grouped(header)} bytes` : '';
  return (
    `${name}: its ${grouped(size)} bytes (${byteSize(size)})${behind} do not divide by ${frame}; ${grouped(rest)} bytes are left over. ` +
    'Either the channel count, the type or the offset is wrong (look for diagonal stripes), or the file is cut off. Its whole frames are shown.'
  );
}
