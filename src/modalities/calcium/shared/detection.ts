// The detector's parameters, parts and answer. Lengths in pixels.
import type { Region } from '../../../base/region.ts';

export type Labels = 'both' | 'active' | 'visible';

/** What finds regions: the detector by one kind of evidence or both, a file, or a person. */
export const DETECTION_KINDS = ['shape', 'activity', 'both', 'imported', 'drawn', 'edited'] as const;

/** The figures that carry a detection: what each means is told by `whyText` of the view. */
export interface Why {
  /** Gains of the ring on the mean of all, of the odd and of the even frames; 0 where no ring was seen. */
  readonly gain: number;
  readonly gainOdd: number;
  readonly gainEven: number;
  /** Share of rings at least as good that texture without cells would give, 0…1. */
  readonly falseDiscoveryRate: number;
  /** Largest value of its trace, in noise standard deviations, and how far activity is believed, 0…1; null where none was seen. */
  readonly activity: { readonly peak: number; readonly belief: number } | null;
  /** Share of its pixels that lie in other regions shown by default, 0…1. */
  readonly overlap: number;
}

/** Everything the detector found, best first, whatever the confidence cut; the page filters. */
export interface Detection {
  readonly region: Region;
  readonly row: number;
  readonly col: number;
  /** 0…1: how often such regions are right in simulated movies; 1 where the regions were imported. */
  readonly confidence: number;
  /** What found it. */
  readonly kind: (typeof DETECTION_KINDS)[number];
  /** One line a person can read: "ring on the mean image, gain 8.1, false-discovery rate 0.03". */
  readonly evidence: string;
  /** Of what the detector found: the figures behind that line. */
  readonly why?: Why;
  /** What a person said of it: an accepted one counts whatever its confidence, a rejected one never does. */
  readonly status?: 'accepted' | 'rejected';
}

/** Whether a detection is shown, scored and exported at a confidence cut. One without a confidence always is, unless rejected. */
export function isChosen({ status, confidence }: Pick<Detection, 'status' | 'confidence'>, cut: number): boolean {
  return status === undefined ? !(confidence < cut) : status === 'accepted';
}

/** One rung of the ladder of soma radii, on the mean image. */
export interface RungsInput {
  readonly mean: Float64Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
}

export interface ShapeInput extends RungsInput {
  readonly even: Float64Array<ArrayBuffer>;
  readonly odd: Float64Array<ArrayBuffer>;
  readonly frames: number;
  readonly radius: number;
}

/** Rows of the binned movie that one part of the activity search works on: core rows plus a margin. */
export interface RowBand {
  readonly firstRow: number;
  readonly rows: number;
  readonly coreFirst: number;
  readonly coreRows: number;
}

export interface ActivityInput {
  readonly height: number;
  readonly width: number;
  readonly bins: number;
  /** Bins per second. */
  readonly binRate: number;
  readonly radius: number;
}

/** What the page attaches to a band: [bin, row of the band, column], uint16; whoever works on it takes it out. */
export interface BandPayload {
  data: Uint16Array<ArrayBuffer>;
}

/** What the searches found goes from worker to worker by way of the page, which does not look inside. */
export interface UniteInput {
  readonly shape: unknown;
  readonly activity: unknown;
  readonly labels: Labels;
  readonly sensitivity: number;
  readonly radius: number;
  readonly height: number;
  readonly width: number;
}

export interface UniteOutput {
  readonly detections: readonly Detection[];
  /** The confidence cut that the sensitivity asks for. */
  readonly defaultCut: number;
}
