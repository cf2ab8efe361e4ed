// Do the traces of found active cells follow what was drawn? Raw traces of the found regions and their dF/F by the page's own jobs,
// and the correlation of that, and of the denoised dF/F, with the drawn dF/F over the frames.
import type { Region } from '../../src/base/region.ts';
import type { ProcessedTrace, RawTraces } from '../../src/modalities/calcium/shared/traces.ts';
import type { SimulatedCell } from '../simulate-movie.ts';
import { type Answer, median } from './figures.ts';
import { runJob } from './jobs.ts';
import type { ReadMovie } from './movie.ts';

export interface Agreement {
  readonly plain: number;
  readonly denoised: number;
}

export interface TraceAgreement extends Agreement {
  /** Of the same cells by the pixels of their labels: what better outlines could give at most. */
  readonly byLabels: Agreement;
}

/** Medians over the found active cells; NaN where there are none. `cells` in the order of the truth. */
export async function traceAgreement(movie: ReadMovie, answer: Answer, cells: readonly SimulatedCell[]): Promise<TraceAgreement> {
  const pairs = answer.score.pairs.filter(({ truth }) => cells[truth]!.kind === 'active');
  const drawn = pairs.map(({ truth }) => cells[truth]!.dff);
  const found = pairs.map(({ estimate }) => answer.chosen[estimate]!.region);
  const labels = pairs.map(({ truth }) => movie.truth![truth]!);
  return { ...(await agreement(movie, found, drawn)), byLabels: await agreement(movie, labels, drawn) };
}

async function agreement(movie: ReadMovie, regions: readonly Region[], drawn: readonly Float32Array[]): Promise<Agreement> {
  if (regions.length === 0) return { plain: Number.NaN, denoised: Number.NaN };
  const traces = await runJob<RawTraces>('traces', { ...movie.files, regions });
  const [plain, smooth]: [number[], number[]] = [[], []];
  for (const [i, truth] of drawn.entries()) {
    const of = (all: Float32Array) => all.slice(i * traces.frames, (i + 1) * traces.frames);
    const input = { raw: of(traces.raw), neuropil: of(traces.neuropil), rateHz: movie.rateHz };
    const { deltaFOverF, denoised } = await runJob<ProcessedTrace>('process-trace', input);
    plain.push(correlation(deltaFOverF, truth));
    smooth.push(correlation(denoised, truth));
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
