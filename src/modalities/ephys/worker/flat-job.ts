// A flat file that nothing describes: opened as somebody says it is laid out, and previewed while they say it.
import { singleJob } from '../../../base/job.ts';
import type { RecordingInfo } from '../../../base/recording-info.ts';
import { infoOf } from '../../../formats/recording.ts';
import type { FlatPreview, FlatPreviewInput } from '../shared/flat.ts';
import type { RecordingSource } from '../shared/info.ts';
import { recordingOf } from './recordings.ts';

export const flatJob = singleJob<RecordingSource, RecordingInfo>(async (source) => infoOf(await recordingOf(source)));

const MOST_FRAMES = 400;

/** The first frames as an image [channel][frame], each channel about its mean, and how alike neighbouring samples in time are. */
export const flatPreviewJob = singleJob<FlatPreviewInput, FlatPreview>(async ({ source }, { signal }) => {
  const recording = await recordingOf(source);
  const frames = Math.min(MOST_FRAMES, recording.frames);
  const { channels } = recording;
  const start = Math.min(recording.frames - frames, Math.floor(recording.frames / 2));
  const counts = await recording.read(start, start + frames, signal);
  const data = new Float32Array(channels * frames);
  for (let c = 0; c < channels; c++) {
    let mean = 0;
    for (let t = 0; t < frames; t++) mean += counts[t * channels + c]! / frames;
    for (let t = 0; t < frames; t++) data[c * frames + t] = counts[t * channels + c]! - mean;
  }
  return { data, channels, frames, total: recording.frames, notices: recording.notices };
});
