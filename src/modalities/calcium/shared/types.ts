// What the calcium worker and the calcium view say to each other. Plain data and typed arrays only.
import type { PlainError } from '../../../base/errors.ts';
import type { FileListing } from '../../../base/listing.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Region } from '../../../base/region.ts';
import type { Movie, MovieFiles } from './movie.ts';

/** The facts of info.json that the page uses; every one may be missing. */
export interface MovieFacts {
  readonly rateHz: number | null;
  readonly pixelsPerMicron: number | null;
  /** Rows, columns, frames as declared; the files decide. */
  readonly dimensions: readonly number[] | null;
  /** All keys, for reading. */
  readonly record: Readonly<Record<string, string>>;
}

export interface BadRegion {
  readonly index: number;
  readonly reason: string;
}

export interface RegionSet {
  readonly regions: readonly Region[];
  /** Ids of the file, else the index. */
  readonly ids: readonly (number | string)[];
  readonly bad: readonly BadRegion[];
  readonly warnings: readonly string[];
}

export interface TextFile {
  readonly path: string;
  readonly entry: number;
  readonly size: number;
}

export interface CalciumInfo {
  /** `00.00`, `00.00.test`, or the file's name. */
  readonly shortName: string;
  readonly kind: 'training' | 'test' | 'movie';
  readonly movie: Movie;
  readonly facts: MovieFacts;
  readonly truth: RegionSet | null;
  /** README.md and the examples inside the set. */
  readonly texts: readonly TextFile[];
  readonly warnings: readonly string[];
  /** Files of the set that could not be used (info.json, the truth); the movie opens without them. */
  readonly faults?: readonly PlainError[];
}

// ---- jobs: input, partial results and output

export interface FramesInput extends MovieFiles {}

export type FrameResult = { readonly ok: true; readonly data: NumericArray } | { readonly ok: false; readonly reason: string };

export interface SummaryInput extends MovieFiles {
  readonly rateHz: number | null;
  /** Lowest and highest value that the 16-bit binned movie must hold. */
  readonly binRange: readonly [low: number, high: number];
  /** What the 16-bit binned movie may take. */
  readonly binBytes: number;
  /** For wide integers and float movies: the first good frame; sums are of v − origin. */
  readonly origin: Float64Array<ArrayBuffer>;
  /** Regions whose raw traces the same pass collects (the truth). */
  readonly regions: readonly Region[];
}

export interface DamagedFrame {
  readonly frame: number;
  readonly reason: string;
}

/** Images [row, column] of what has been read so far. */
export interface SummaryImages {
  readonly mean: Float64Array<ArrayBuffer>;
  readonly max: NumericArray;
  readonly standardDeviation: Float32Array<ArrayBuffer>;
  readonly correlation: Float32Array<ArrayBuffer>;
  readonly correlation4: Float32Array<ArrayBuffer>;
  readonly noise: Float32Array<ArrayBuffer>;
}

/** How the binned movie is stored: raw value = stored × scale + offset. */
export interface BinScheme {
  /** Frames a bin. */
  readonly factor: number;
  readonly bins: number;
  readonly scale: number;
  readonly offset: number;
}

/** Bins that were completed since the last preview. */
export interface NewBins {
  readonly scheme: BinScheme;
  readonly first: number;
  /** [bin, row, column], uint16. */
  readonly data: Uint16Array<ArrayBuffer>;
}

export interface SummaryPreview {
  readonly framesRead: number;
  readonly damaged: readonly DamagedFrame[];
  readonly images: SummaryImages;
  readonly bins: NewBins;
}

export interface SummaryOutput extends SummaryPreview {
  /** Means of the frames with even and with odd number, for the detector. */
  readonly evenMean: Float64Array<ArrayBuffer>;
  readonly oddMean: Float64Array<ArrayBuffer>;
  readonly traces: RawTraces | null;
}

/** Raw traces [region, frame]; NaN where the frame is damaged. */
export interface RawTraces {
  readonly frames: number;
  readonly regions: number;
  readonly raw: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer>;
}

// ---- detection

export type Labels = 'both' | 'active' | 'visible';

/** Everything the detector found, best first, whatever the confidence cut; the page filters. */
export interface Detection {
  readonly region: Region;
  readonly row: number;
  readonly col: number;
  /** 0…1; orders the regions, is not a probability. NaN where the regions were imported without one. */
  readonly confidence: number;
  /** What found it. */
  readonly kind: 'shape' | 'activity' | 'both' | 'imported';
  /** One line a person can read: "ring on the mean image, gain 8.1, false-discovery rate 0.03". */
  readonly evidence: string;
}

export interface DetectParameters {
  /** Pixels; null: found from the movie. */
  readonly diameter: number | null;
  /** 0…1, 0.5 is the default answer. */
  readonly sensitivity: number;
  readonly labels: Labels;
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

/** What the page attaches to a band: [bin, row of the band, column], uint16. */
export interface BandPayload {
  readonly data: Uint16Array<ArrayBuffer>;
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

// ---- scores

export interface ScoreInput {
  readonly truth: readonly Region[];
  readonly estimate: readonly Region[];
  /** Pixels; matches are strictly nearer. */
  readonly threshold: number;
}

export interface Score {
  readonly recall: number;
  readonly precision: number;
  readonly combined: number;
  readonly inclusion: number;
  readonly exclusion: number;
  /** Per truth region the matched estimate, or -1. */
  readonly match: Int32Array<ArrayBuffer>;
  /** Per truth region: distance to its match, else to the nearest estimate; px. NaN where there is none. */
  readonly truthDistance: Float64Array<ArrayBuffer>;
  /** Per estimate: distance to its truth, else to the nearest truth; px. */
  readonly estimateDistance: Float64Array<ArrayBuffer>;
  /** Why all is zero, where the reference refuses. */
  readonly note: string;
}

export interface CurvesInput extends ScoreInput {
  readonly confidence: Float64Array<ArrayBuffer>;
  /** Estimates below it are left out of the curve over thresholds. */
  readonly cut: number;
}

export interface Curve {
  readonly x: Float64Array<ArrayBuffer>;
  readonly recall: Float64Array<ArrayBuffer>;
  readonly precision: Float64Array<ArrayBuffer>;
  readonly combined: Float64Array<ArrayBuffer>;
}

export interface Curves {
  readonly byConfidence: Curve;
  readonly byThreshold: Curve;
  /** Combined score as it is and with rows and columns exchanged. */
  readonly asIs: number;
  readonly exchanged: number;
  readonly looksTransposed: boolean;
}

// ---- traces

export interface TracesInput extends MovieFiles {
  readonly regions: readonly Region[];
}

export interface ProcessInput {
  /** One region's raw traces. */
  readonly raw: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer>;
  readonly rateHz: number;
}

/** All [frame]; fluorescence in the movie's grey values, the last two without unit. */
export interface ProcessedTrace {
  readonly corrected: Float32Array<ArrayBuffer>;
  readonly deltaFOverF: Float32Array<ArrayBuffer>;
  readonly events: Float32Array<ArrayBuffer>;
  readonly snr: number;
}

// ---- regions from files

export interface ReadRegionsInput {
  readonly listing: FileListing;
  /** Entry of the JSON file. */
  readonly entry: number;
  readonly oneBased: boolean;
  /** For range checks: the data sets that are open, by short name. */
  readonly frames: readonly { readonly name: string; readonly height: number; readonly width: number }[];
  /** The one on screen, for files that name none. */
  readonly active: string | undefined;
}

export interface ReadLayer extends RegionSet {
  /** Short name in the file, null where it names none. */
  readonly dataset: string | null;
}

// ---- submission

export type Spelling = 'sources' | 'regions' | 'both';

export interface SubmissionSet {
  readonly name: string;
  readonly regions: readonly Region[];
  readonly height: number;
  readonly width: number;
}

export type Reader = 'document' | 'server';

/** What the export dialog shows before anything is written; the worker's checker has the same shape. */
export interface SubmissionCheck {
  readonly sets: readonly { readonly name: string; readonly regions: number }[];
  readonly names: readonly {
    readonly reader: Reader;
    readonly expected: number;
    readonly present: readonly string[];
    readonly missing: readonly string[];
    readonly unexpected: readonly string[];
  }[];
  readonly replies: readonly {
    readonly reader: Reader;
    readonly spelling: Spelling;
    readonly accepted: boolean;
    readonly text: string;
  }[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

// ---- outlines

export interface OutlinesInput {
  readonly regions: readonly Region[];
  readonly height: number;
  readonly width: number;
}

/** Closed polylines in pixel-edge coordinates. */
export interface OutlinesOutput {
  /** row, column, row, column … */
  readonly points: Float32Array<ArrayBuffer>;
  /** First point of each contour. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** Region of each contour. */
  readonly regions: Int32Array<ArrayBuffer>;
}

// ---- contrast

export interface ContrastInput {
  readonly data: NumericArray;
}

export interface ContrastOutput {
  /** Range of the data, and counts in 256 equal bins over it. */
  readonly min: number;
  readonly max: number;
  readonly counts: Uint32Array<ArrayBuffer>;
  /** Percentiles 1 and 99.8. */
  readonly low: number;
  readonly high: number;
}

// ---- images made on demand, from the binned movie

export interface MoreImageInput {
  readonly height: number;
  readonly width: number;
  readonly bins: number;
}

// ---- traces as a table

export interface TracesCsvInput {
  readonly traces: RawTraces;
  /** One per region. */
  readonly labels: readonly string[];
  readonly rateHz: number;
  /** Whether the data set says its rate; else the column of seconds stays empty. */
  readonly rateKnown: boolean;
}
