// A few raw frames for the screen.
import { singleJob } from '../../../base/job.ts';
import type { FrameResult, FramesInput } from '../shared/images.ts';
import { readFrames } from './frames.ts';

export const frames = singleJob<FramesInput, FrameResult[]>(async (files, { signal }) => {
  const wanted = Array.from({ length: files.movie.frames }, (_, i) => i);
  const results: FrameResult[] = wanted.map(() => ({ ok: false, reason: 'It was not read.' }));
  await readFrames(
    files,
    wanted,
    (read) => {
      // Frames of one batch may share a buffer; each is given away on its own.
      results[read.index] = 'data' in read ? { ok: true, data: read.data } : { ok: false, reason: read.reason };
    },
    signal,
  );
  return results;
});
