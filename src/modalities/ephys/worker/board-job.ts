// Facts of each electrode for the depth board and the shading of the probe, from snippets evenly over the recording.
import { singleJob } from '../../../base/job.ts';
import { breathe, throwIfAborted } from '../../../base/steps.ts';
import type { FloatBlock } from '../../../pipeline/ephys/block.ts';
import { noiseLevels, standardDeviations } from '../../../pipeline/ephys/reference/noise.ts';
import { makeFourier } from '../../../pipeline/signal/fourier.ts';
import type { BoardInput, DepthBoard } from '../shared/board.ts';
import { electrodesOf } from './electrodes.ts';
import { piecesOver, readMicrovolts, readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

const SNIPPET_SECONDS = 0.1;
const SPECTRUM_SECONDS = 0.5;
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

/** Power of the raw samples (Hann window), dB of µV²/Hz, averaged over snippets. */
async function measureSpectrum(
  source: BoardInput['source'],
  signal: AbortSignal,
): Promise<Pick<DepthBoard, 'spectrum' | 'frequencies'>> {
  const recording = await recordingOf(source);
  const { columns, context } = electrodesOf(recording);
  const length = 2 ** Math.floor(Math.log2(Math.min(recording.frames, SPECTRUM_SECONDS * context.rate)));
  const bins = Math.max(1, Math.min(length / 2, Math.ceil((HIGHEST * length) / context.rate)));
  const power = new Float64Array(columns.length * bins);
  const pieces = piecesOver(recording, SPECTRUM_SNIPPETS, length / context.rate).filter(({ from, to }) => to - from === length);
  const fourier = makeFourier(length);
  const series = new Float64Array(2 * length);
  const transformed = new Float64Array(2 * length);
  for (const { from, to } of pieces.slice(0, SPECTRUM_SNIPPETS)) {
    throwIfAborted(signal);
    const { data, channels } = await readMicrovolts(recording, from, to, signal);
    for (let c = 0; c < channels; c++) {
      let mean = 0;
      for (let t = 0; t < length; t++) mean += data[t * channels + c]! / length;
      for (let t = 0; t < length; t++)
        series[2 * t] = (data[t * channels + c]! - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * t) / length));
      fourier.transform(transformed, series);
      for (let k = 1; k <= bins; k++)
        power[c * bins + k - 1]! +=
          (transformed[2 * k]! ** 2 + transformed[2 * k + 1]! ** 2) / (context.rate * length * 0.375 * 0.5);
    }
    await breathe();
  }
  return {
    spectrum: Float32Array.from(power, (sum) => 10 * Math.log10(sum / Math.max(1, pieces.length) + 1e-12)),
    frequencies: Float32Array.from({ length: bins }, (_, k) => ((k + 1) * context.rate) / length),
  };
}
