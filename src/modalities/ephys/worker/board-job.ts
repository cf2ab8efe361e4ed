// Facts of each electrode for the depth board and the shading of the probe, from snippets evenly over the recording.
import { singleJob } from '../../../base/job.ts';
import { breathe, drive, throwIfAborted } from '../../../base/steps.ts';
import type { FloatBlock } from '../../../pipeline/ephys/block.ts';
import { noiseLevels, standardDeviations } from '../../../pipeline/ephys/reference/noise.ts';
import { decibels, decimateBlock, powerSpectra } from '../../../pipeline/ephys/spectrum/power-spectra.ts';
import type { BoardInput, DepthBoard } from '../shared/board.ts';
import { electrodesOf } from './electrodes.ts';
import { piecesOver, readMicrovolts, readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

const SNIPPET_SECONDS = 0.1;
const SPECTRUM_SECONDS = 1;
/** Length of the windows whose spectra are averaged. */
const WINDOW_SECONDS = 0.5;
/** Samples a second after thinning, in multiples of the highest frequency that is shown. */
const OVERSAMPLED = 4;
const SPECTRUM_SNIPPETS = 8;
/** Hz to which the spectrum is shown. */
const HIGHEST = 300;
const EVENT_SIGMA = 5;

export const boardJob = singleJob<BoardInput, DepthBoard>(async ({ source, chain, snippets, spectrum }, { signal }) => {
  const recording = await recordingOf(source);
  const { columns, context } = electrodesOf(recording);
  const squares = new Float64Array(columns.length);
  const rawSquares = new Float64Array(columns.length);
  const events = new Float64Array(columns.length);
  const pieces = piecesOver(recording, snippets, SNIPPET_SECONDS).slice(0, snippets);
  let frames = 0;
  for (const { from, to } of pieces) {
    throwIfAborted(signal);
    const [block, raw] = [
      await readProcessed(recording, chain, from, to, signal),
      await readMicrovolts(recording, from, to, signal),
    ];
    standardDeviations(block).forEach((value, c) => {
      squares[c]! += value ** 2;
    });
    standardDeviations(raw).forEach((value, c) => {
      rawSquares[c]! += value ** 2;
    });
    countEvents(block, events);
    frames += to - from;
    await breathe();
  }
  const mean = (sums: Float64Array) => Float32Array.from(sums, (sum) => Math.sqrt(sum / Math.max(1, pieces.length)));
  const spectra = spectrum
    ? await measureSpectrum(source, signal)
    : { spectrum: new Float32Array(0), frequencies: new Float32Array(0) };
  return {
    rms: mean(squares),
    rawRms: mean(rawSquares),
    eventRate: Float32Array.from(events, (count) => (count * context.rate) / Math.max(1, frames)),
    ...spectra,
  };
});

/** Troughs deeper than five times the noise of their electrode, each counted where it begins. */
function countEvents(block: FloatBlock, events: Float64Array): void {
  const { data, frames, channels } = block;
  const noise = noiseLevels(block);
  for (let c = 0; c < channels; c++) {
    const limit = -EVENT_SIGMA * noise[c]!;
    for (let t = 1; t < frames; t++) if (data[t * channels + c]! < limit && data[(t - 1) * channels + c]! >= limit) events[c]!++;
  }
}

/** Power of the raw samples, thinned out to what is shown, dB of µV²/Hz, averaged over snippets. */
async function measureSpectrum(
  source: BoardInput['source'],
  signal: AbortSignal,
): Promise<Pick<DepthBoard, 'spectrum' | 'frequencies'>> {
  const recording = await recordingOf(source);
  const { columns, context } = electrodesOf(recording);
  const factor = Math.max(1, Math.floor(context.rate / (OVERSAMPLED * HIGHEST)));
  const rate = context.rate / factor;
  const pieces = piecesOver(recording, SPECTRUM_SNIPPETS, SPECTRUM_SECONDS).slice(0, SPECTRUM_SNIPPETS);
  let frequencies = new Float64Array(0);
  let sums = new Float64Array(0);
  let count = 0;
  for (const { from, to } of pieces) {
    throwIfAborted(signal);
    const thin = decimateBlock(await readMicrovolts(recording, from, to, signal), context.rate, factor);
    const found = await drive(powerSpectra(thin, rate, Math.round(WINDOW_SECONDS * rate), HIGHEST), { signal });
    // The last piece of a short recording may be too short for the frequencies of the others.
    if (count > 0 && found.density.length !== sums.length) continue;
    if (count === 0) {
      frequencies = found.frequencies.subarray(1);
      sums = new Float64Array(found.density.length);
    }
    found.density.forEach((power, i) => {
      sums[i]! += power;
    });
    count++;
  }
  const bins = frequencies.length;
  // Without the mean of the samples, which is nobody's field potential.
  const density = Float64Array.from({ length: columns.length * bins }, (_, i) => {
    const c = Math.floor(i / bins);
    return sums[c * (bins + 1) + 1 + (i % bins)]! / count;
  });
  return { spectrum: decibels(density), frequencies: Float32Array.from(frequencies) };
}
