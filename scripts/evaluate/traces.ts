// Do the traces of found active cells follow what was drawn? Raw traces of the found regions and their dF/F by the page's own jobs,
// and the correlation of that, and of the denoised dF/F, with the drawn dF/F over the frames.
import type { ProcessedTrace, RawTraces } from '../../src/modalities/calcium/shared/traces.ts';
import type { SimulatedCell } from '../simulate-movie.ts';
import { type Answer, median } from './figures.ts';
import { runJob } from './jobs.ts';
import type { ReadMovie } from './movie.ts';

export interface TraceAgreement {
  readonly plain: number;
  readonly denoised: number;
}

/** Medians over the found active cells; NaN where there are none. `cells` in the order of the truth. */
export async function traceAgreement(movie: ReadMovie, answer: Answer, cells: readonly SimulatedCell[]): Promise<TraceAgreement> {
  const pairs = answer.score.pairs.filter(({ truth }) => cells[truth]!.kind === 'active');
  if (pairs.length === 0) return { plain: Number.NaN, denoised: Number.NaN };
  const regions = pairs.map(({ estimate }) => answer.chosen[estimate]!.region);
  const traces = await runJob<RawTraces>('traces', { ...movie.files, regions });
  const [plain, smooth]: [number[], number[]] = [[], []];
  for (const [i, { truth }] of pairs.entries()) {
    const of = (all: Float32Array) => all.slice(i * traces.frames, (i + 1) * traces.frames);
    const input = { raw: of(traces.raw), neuropil: of(traces.neuropil), rateHz: movie.rateHz };
    const { deltaFOverF, denoised } = await runJob<ProcessedTrace>('process-trace', input);
    plain.push(correlation(deltaFOverF, cells[truth]!.dff));
    smooth.push(correlation(denoised, cells[truth]!.dff));
  }
  return { plain: median(plain), denoised: median(smooth) };
}

export function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let t = 0; t < a.length; t++) {
    const [x, y] = [a[t]! - meanA, b[t]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
