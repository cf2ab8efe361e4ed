// The unit of work on a movie: 64 frames, whatever the number of workers.
import type { NumericArray } from '../../../base/ndarray.ts';
import { release } from '../../../base/release.ts';
import type { DamagedFrame } from '../shared/images.ts';
import type { MovieFiles } from '../shared/movie.ts';
import { readFrames } from './frames.ts';

export interface FrameChunk {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export const CHUNK_FRAMES = 64;

export function chunksOf(frames: number, size: number = CHUNK_FRAMES): FrameChunk[] {
  return Array.from({ length: Math.ceil(frames / size) }, (_, i) => ({ from: i * size, to: Math.min(frames, (i + 1) * size) }));
}

/** Frames of a chunk in order, null where damaged; the damage is added to `damaged`. */
export async function readChunk(
  files: MovieFiles,
  { from, to }: FrameChunk,
  damaged: DamagedFrame[],
  signal: AbortSignal,
): Promise<(NumericArray | null)[]> {
  const wanted = Array.from({ length: to - from }, (_, i) => from + i);
  const frames: (NumericArray | null)[] = wanted.map(() => null);
  const found: DamagedFrame[] = [];
  await readFrames(
    files,
    wanted,
    (read) => {
      if ('data' in read) frames[read.index] = read.data;
      else found.push({ frame: from + read.index, reason: read.reason });
    },
    signal,
  );
  damaged.push(...found.sort((a, b) => a.frame - b.frame));
  return frames;
}

/** Frees frames that were read and will not be looked at again. A buffer that could hold two frames may belong to another one. */
export function freeFrames(frames: readonly (NumericArray | null)[]): void {
  for (const frame of frames) if (frame && frame.buffer.byteLength < 2 * frame.byteLength) release(frame);
}
