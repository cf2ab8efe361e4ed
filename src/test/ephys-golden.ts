// The golden recording of electrophysiology and the numbers computed from it; see golden/ephys/pipeline/README.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSynth, type Synth, type SynthConfig } from './ephys-synth.ts';
import { loadGolden } from './load-npy.ts';

/** One of the golden JSON files; `null` in them means NaN. */
export function loadEphysJson<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'golden/ephys/pipeline', `${name}.json`), 'utf8')) as T;
}

export interface GoldenRecording {
  readonly config: SynthConfig;
  readonly sha256_int16_le: string;
  readonly n_spikes_per_unit: readonly number[];
  readonly first_samples: readonly (readonly number[])[];
}

export function loadRecording(): GoldenRecording {
  return loadEphysJson<GoldenRecording>('recording');
}

/** 32 channels, 20 s, 8 units, 50 µm of imposed drift. */
export function goldenSynth(): Synth {
  return makeSynth(loadRecording().config);
}

/** µm, [channel][x, y]. */
export function positionsOf({ config }: Synth): Float64Array<ArrayBuffer> {
  return Float64Array.from(config.geometry.flat());
}

/** The ground truth in the order of time. */
export function goldenSorting(): { times: Float64Array<ArrayBuffer>; labels: Int32Array<ArrayBuffer> } {
  return {
    times: Float64Array.from(loadGolden('ephys/pipeline/spike_times.npy').data),
    labels: Int32Array.from(loadGolden('ephys/pipeline/spike_clusters.npy').data),
  };
}

/** NaN where the file says null. */
export function orNaN(value: number | null | undefined): number {
  return value ?? Number.NaN;
}
