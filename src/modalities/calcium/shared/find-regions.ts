// The order of a detection's jobs: radius ladder; shape search and activity search by bands of rows side by side, so that no worker
// waits for the other; union. Who runs them (the worker
// pool of the page, or a script in one process) is the caller's. Planes are [row, column]; lengths in pixels.
import type {
  ActivityInput,
  BandPayload,
  Labels,
  RowBand,
  RungsInput,
  ShapeInput,
  UniteInput,
  UniteOutput,
} from './detection.ts';

export interface FindInput {
  readonly mean: Float64Array<ArrayBuffer>;
  /** Means of the frames with even and with odd number. */
  readonly even: Float64Array<ArrayBuffer>;
  readonly odd: Float64Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  readonly frames: number;
  /** The binned movie: its bins, bins a second, and a copy of some rows of all bins [bin, row, column]. Null where there is none. */
  readonly binned: {
    readonly bins: number;
    readonly binRate: number;
    cut(band: RowBand): Promise<Uint16Array<ArrayBuffer>>;
  } | null;
  readonly labels: Labels;
  readonly sensitivity: number;
  /** Soma radius; null: found from the movie. */
  readonly radius: number | null;
}

export interface FindOutput extends UniteOutput {
  readonly radius: number;
}

export interface FindRunner {
  /** Runs a job that fills the share `from` … `to` of the whole. */
  run<O>(job: string, input: unknown, share: Share, attach?: (band: RowBand) => Promise<BandPayload>): Promise<O>;
  /** A quick question. */
  ask<O>(job: string, input: unknown): Promise<O>;
}

export interface Share {
  readonly from: number;
  readonly to: number;
}

/** Shares of the progress line: ladder, shape, activity. */
const SHARES = { ladder: 0.35, shape: 0.3 };

export async function findRegions(input: FindInput, runner: FindRunner): Promise<FindOutput> {
  const { mean, even, odd, height, width, frames, binned, labels, sensitivity } = input;
  const rungs: RungsInput = { mean, height, width };
  const shapeFrom = input.radius === null ? SHARES.ladder : 0;
  const shapeTo = labels === 'visible' ? 1 : shapeFrom + SHARES.shape;
  const radius = input.radius ?? (await runner.run<number>('radius', rungs, { from: 0, to: shapeFrom }));
  const shapeInput: ShapeInput = { ...rungs, even, odd, frames, radius };
  const searchShapes = () => runner.run<unknown>('shape', shapeInput, { from: shapeFrom, to: shapeTo });
  const searchActivity = (movie: NonNullable<FindInput['binned']>) => {
    const field: ActivityInput = { height, width, bins: movie.bins, binRate: movie.binRate, radius };
    return runner.run<unknown>('activity', field, { from: shapeTo, to: 1 }, async (band) => ({ data: await movie.cut(band) }));
  };
  const [shape, activity] = await Promise.all([searchShapes(), labels !== 'visible' && binned ? searchActivity(binned) : null]);
  const question: UniteInput = { shape, activity, labels, sensitivity, radius, height, width };
  return { radius, ...(await runner.ask<UniteOutput>('unite', question)) };
}
