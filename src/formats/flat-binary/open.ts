// Flat recordings (.dat, .bin, .raw): samples without any description. Channel count, rate, type and gain come from a file beside
// it (params.py, params.json, recording object) or from the person who opens it.
import { type Recording, recordingOf } from '../recording.ts';
import type { ByteSource } from '../source.ts';
import { flatSamples } from './samples.ts';
import { sampleType } from './types.ts';

export interface FlatParameters {
  readonly channels: number;
  /** Hz; NaN where unknown. */
  readonly samplingRate: number;
  /** As numpy calls it: "int16". */
  readonly dtype: string;
  /** Bytes before the first sample of every file. */
  readonly offset: number;
  /** µV a count, the same for all columns; NaN where unknown. */
  readonly gain: number;
}

export const FLAT_DEFAULTS: Omit<FlatParameters, 'channels'> = {
  samplingRate: Number.NaN,
  dtype: 'int16',
  offset: 0,
  gain: Number.NaN,
};

/** The recording in one flat file, or in several that follow one another. Throws as `flatSamples` and `sampleType`. */
export function openFlat(name: string, sources: readonly ByteSource[], parameters: FlatParameters): Recording {
  const { channels, samplingRate, dtype, offset, gain } = parameters;
  const samples = flatSamples(name, sources, { type: sampleType(dtype, name), channels, header: offset });
  return recordingOf(samples, { format: 'flat binary', samplingRate, gain: new Float64Array(channels).fill(gain) });
}
