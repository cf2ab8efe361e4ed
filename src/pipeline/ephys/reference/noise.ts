// Noise of each channel: the median absolute deviation from the median, as the standard deviation of a normal distribution, or
// the standard deviation itself. In the unit of the samples.
import type { TraceBlock } from '../block.ts';
import { medianInPlace } from './median.ts';

/** Third quartile of the standard normal distribution. */
export const MAD_TO_SIGMA = 0.6744897501960817;

/** [channel]; NaN for a block without frames. */
export function noiseLevels({ data, frames, channels }: TraceBlock): Float64Array<ArrayBuffer> {
  const series = new Float32Array(frames);
  return Float64Array.from({ length: channels }, (_, c) => {
    for (let t = 0; t < frames; t++) series[t] = data[t * channels + c]!;
    const centre = medianInPlace(series);
    for (let t = 0; t < frames; t++) series[t] = Math.abs(data[t * channels + c]! - centre);
    return medianInPlace(series) / MAD_TO_SIGMA;
  });
}

/** Root mean square about the mean, [channel]. */
export function standardDeviations({ data, frames, channels }: TraceBlock): Float64Array<ArrayBuffer> {
  const mean = new Float64Array(channels);
  const square = new Float64Array(channels);
  for (let t = 0, at = 0; t < frames; t++) for (let c = 0; c < channels; c++, at++) mean[c]! += data[at]!;
  for (let c = 0; c < channels; c++) mean[c]! /= frames;
  for (let t = 0, at = 0; t < frames; t++) for (let c = 0; c < channels; c++, at++) square[c]! += (data[at]! - mean[c]!) ** 2;
  return square.map((sum) => Math.sqrt(sum / frames));
}
