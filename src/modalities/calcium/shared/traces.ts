// Traces [region, frame] and what is made of them, in the movie's grey values unless said otherwise.
import type { Region } from '../../../base/region.ts';
import type { MovieFiles } from './movie.ts';

/** Raw traces [region, frame]; NaN where the frame is damaged. */
export interface RawTraces {
  readonly frames: number;
  readonly regions: number;
  readonly raw: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer>;
}

export interface TracesInput extends MovieFiles {
  readonly regions: readonly Region[];
}

/** How a region's trace is taken: the mean over its pixels, or by least squares where regions share pixels. */
export const TRACE_METHODS = ['mean', 'least-squares'] as const;
export type TraceMethod = (typeof TRACE_METHODS)[number];

/** The raw traces of regions that share pixels, to be demixed. */
export interface DemixInput {
  readonly regions: readonly Region[];
  readonly traces: RawTraces;
  readonly height: number;
  readonly width: number;
}

export interface ProcessInput {
  /** One region's raw traces. */
  readonly raw: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer>;
  readonly rateHz: number;
}

/** All [frame]; fluorescence in the movie's grey values, the last four without unit. */
export interface ProcessedTrace {
  readonly corrected: Float32Array<ArrayBuffer>;
  readonly deltaFOverF: Float32Array<ArrayBuffer>;
  /** ΔF/F as its events alone would give it. */
  readonly denoised: Float32Array<ArrayBuffer>;
  readonly events: Float32Array<ArrayBuffer>;
  readonly snr: number;
}

export interface TracesCsvInput {
  readonly traces: RawTraces;
  /** One per region. */
  readonly labels: readonly string[];
  readonly rateHz: number;
  /** Whether the data set says its rate; else the column of seconds stays empty. */
  readonly rateKnown: boolean;
}
