// What a simulated movie looks like. Lengths in pixels, times in seconds, counts per 512x512 field, brightness relative to the
// neuropil.

export type Range = readonly [low: number, high: number];

export interface MovieParams {
  readonly rateHz: number;
  readonly pixelsPerMicron: number;
  readonly indicator: string;
  readonly area: string;
  readonly height: number;
  readonly width: number;
  readonly frames: number;
  /** Radius of the disc with the label's area; the soma's outline is `somaScale` times larger (a nuclear marker labels less). */
  readonly radius: Range;
  readonly somaScale: number;
  /** Wanted number of labels. */
  readonly labels: Range;
  /** Neurons that fire, that only glow, that cannot be seen: shares that are normalised to 1. */
  readonly classes: Readonly<Record<CellClass, number>>;
  /** Share of each class that carries a label, and the share of labels left out on top of that. */
  readonly labelled: Readonly<Record<CellClass, number>>;
  readonly missed: number;
  /** Active things without a label: small somata, processes, somata out of focus. `puncta` are static bright dots. */
  readonly distractors: number;
  readonly puncta: number;
  /** Share by which neighbouring somata may overlap. */
  readonly overlap: number;
  /** Radius of the dark nucleus relative to the soma's. */
  readonly nucleus: number;
  readonly cellBrightness: Range;
  /** Share of filled cells that are `glow` times brighter. */
  readonly bright: number;
  readonly glow: Range;
  /** How far a soma displaces the neuropil behind it. */
  readonly displacement: number;
  readonly spikeRateHz: Range;
  readonly spikeDff: Range;
  readonly rise: number;
  readonly decay: Range;
  readonly neuropil: number;
  readonly neuropilSigma: number;
  /** Vessels that cross the field, and vessels seen end on. */
  readonly vessels: number;
  readonly holes: number;
  /** Static tissue: [sigma, amplitude of the logarithm]. */
  readonly texture: readonly (readonly [sigma: number, amplitude: number])[];
  readonly bleach: number;
  /** Standard deviation of the slow drift, and the chance of a jump per frame. */
  readonly drift: number;
  readonly jumps: number;
  /** Relative brightness error of a scan line. */
  readonly lineNoise: number;
  /** Photons a pixel and frame at brightness 1; counts a photon; then offset and read noise in counts. */
  readonly photons: number;
  readonly gain: number;
  readonly offset: number;
  readonly readNoise: number;
}

export type CellClass = 'active' | 'silent' | 'hidden';
export type Family = '00' | '01' | '02' | '03' | '04';
