// Threshold crossings of a short stretch, and peaks over the whole recording for the drift map.
import { joinNumbers } from '../../../base/bytes.ts';
import type { Job } from '../../../base/job.ts';
import { singleJob } from '../../../base/job.ts';
import { noiseLevels } from '../../../pipeline/ephys/reference/noise.ts';
import { detectionDefaults, detectSpikes, neighboursWithin } from '../../../pipeline/ephys/spikes/detect.ts';
import { locateSpikes } from '../../../pipeline/ephys/spikes/locate.ts';
import { LOCATION_RADIUS } from '../../../pipeline/ephys/template/location.ts';
import type { Detected, DetectInput } from '../shared/detection.ts';
import type { PeaksInput, SpikePlaces } from '../shared/drift.ts';
import { ASSUMED_RATE, electrodesOf } from './electrodes.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

export const detectJob = singleJob<DetectInput, Detected>(async ({ source, chain, from, to, threshold }, { signal }) => {
  const recording = await recordingOf(source);
  const { positions, rate } = electrodesOf(recording).context;
  const block = await readProcessed(recording, chain, from, to, signal);
  const noise = noiseLevels(block);
  const parameters = { ...detectionDefaults(rate), threshold };
  const { frames, channels, amplitudes } = detectSpikes(block, noise, neighboursWithin(positions, parameters.radius), parameters);
  const sorted = noise.slice().sort();
  return {
    times: Float64Array.from(frames, (frame) => from + frame),
    channels,
    amplitudes,
    noise: sorted[sorted.length >> 1] ?? Number.NaN,
  };
});

const PIECE_SECONDS = 1;
/** Seconds that are searched of a long recording, evenly over it. */
const MOST_SECONDS = 600;
const LOCATION_SAMPLES_S = 0.0005;

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** One part a second, so that cancelling is quick and the result does not depend on the number of workers. */
export function searchPieces(frames: number, rate: number): Piece[] {
  const length = Math.round(PIECE_SECONDS * rate);
  const count = Math.ceil(frames / length);
  const every = Math.max(1, count / MOST_SECONDS);
  const pieces: Piece[] = [];
  for (let i = 0; i < count; i += every) {
    const from = Math.floor(i) * length;
    pieces.push({ from, to: Math.min(frames, from + length) });
  }
  return pieces;
}

export const peaksJob: Job<PeaksInput, Piece, SpikePlaces, never, SpikePlaces> = {
  split: ({ frames, rate }) => searchPieces(frames, rate || ASSUMED_RATE),
  run: async ({ source, chain, threshold }, { from, to }, { signal }) => {
    const recording = await recordingOf(source);
    const { positions, rate } = electrodesOf(recording).context;
    const block = await readProcessed(recording, chain, from, to, signal);
    const parameters = { ...detectionDefaults(rate), threshold };
    const neighbours = neighboursWithin(positions, parameters.radius);
    const noise = noiseLevels(block);
    const found = detectSpikes(block, noise, neighbours, parameters);
    const half = Math.max(1, Math.round(LOCATION_SAMPLES_S * rate));
    const places = locateSpikes(block, found, noise, neighboursWithin(positions, LOCATION_RADIUS), positions, half);
    const { frames, amplitudes } = found;
    const kept = Array.from(frames.keys()).filter((spike) => Number.isFinite(places[2 * spike + 1]!));
    return {
      seconds: Float64Array.from(kept, (spike) => (from + frames[spike]!) / rate),
      depths: Float64Array.from(kept, (spike) => places[2 * spike + 1]!),
      amplitudes: Float64Array.from(kept, (spike) => Math.abs(amplitudes[spike]!)),
    };
  },
  merger: () => {
    const parts: SpikePlaces[] = [];
    return {
      add: (part) => {
        parts.push(part);
      },
      finish: () => ({
        seconds: joinNumbers(
          Float64Array,
          parts.map(({ seconds }) => seconds),
        ),
        depths: joinNumbers(
          Float64Array,
          parts.map(({ depths }) => depths),
        ),
        amplitudes: joinNumbers(
          Float64Array,
          parts.map(({ amplitudes }) => amplitudes),
        ),
      }),
    };
  },
};
