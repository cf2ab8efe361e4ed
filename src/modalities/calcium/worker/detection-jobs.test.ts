import { expect, it } from 'vitest';
import type { Job, JobContext } from '../../../base/job.ts';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { detectAll } from '../../../pipeline/roi/detect/detect-all.ts';
import { drawRingField } from '../../../test/ring-field.ts';
import type { ActivityInput, RowBand, ShapeInput, UniteOutput } from '../shared/detection.ts';
import { activity, radius, shape, unite } from './detection-jobs.ts';

const SIDE = 96;
const BINS = 40;
const { image } = drawRingField(4, SIDE, 16, 5);
const rng = makeRng(2);
const movie = Uint16Array.from({ length: BINS * SIDE * SIDE }, (_, i) => 10 * image.data[i % (SIDE * SIDE)]! + 20 * rng.normal());
const context: JobContext = { signal: new AbortController().signal, progress: () => {} };

/** Runs the parts of a job in any order, as a pool of that many workers might, and merges them in part order. */
async function runParts<I, P, R, V, O>(
  job: Job<I, P, R, V, O>,
  input: I,
  order: (count: number) => number[],
  payload: (part: P) => unknown = () => undefined,
): Promise<O> {
  const parts = job.split(input);
  const partials = new Map<number, R>();
  for (const k of order(parts.length)) partials.set(k, await job.run(input, parts[k]!, context, payload(parts[k]!)));
  const merger = job.merger(input);
  for (const k of parts.keys()) merger.add(partials.get(k)!, k);
  return merger.finish();
}

async function detect(order: (count: number) => number[]): Promise<UniteOutput & { radius: number }> {
  const plane = { mean: image.data, height: SIDE, width: SIDE };
  const px = await runParts(radius, plane, order);
  const input: ShapeInput = { ...plane, odd: image.data, even: image.data, frames: BINS, radius: px };
  const searches = await runParts(shape, input, order);
  const field: ActivityInput = { height: SIDE, width: SIDE, bins: BINS, binRate: 2, radius: px };
  const bands = await runParts(activity, field, order, ({ firstRow, rows }: RowBand) => {
    const data = new Uint16Array(BINS * rows * SIDE);
    for (let bin = 0; bin < BINS; bin++) {
      const from = (bin * SIDE + firstRow) * SIDE;
      data.set(movie.subarray(from, from + rows * SIDE), bin * rows * SIDE);
    }
    return { data };
  });
  const question = { shape: searches, activity: bands, labels: 'both', sensitivity: 0.5, radius: px, ...plane } as const;
  return { radius: px, ...(await runParts(unite, question, order)) };
}

const forwards = (count: number) => Array.from({ length: count }, (_, k) => k);

it('finds the same regions for any number of workers, and the same as on one thread', async () => {
  const one = await detect(forwards);
  const many = await detect((count) => forwards(count).reverse());
  expect(many).toEqual(one);
  const alone = complete(
    detectAll({
      mean: image,
      odd: image,
      even: image,
      binned: { data: movie, bins: BINS, binRate: 2 },
      labels: 'both',
      sensitivity: 0.5,
      radius: null,
    }),
  );
  expect(alone.radius).toBe(one.radius);
  expect(alone.detections.map(({ region }) => region)).toEqual(one.detections.map(({ region }) => region));
  expect(alone.detections.map(({ confidence }) => confidence)).toEqual(one.detections.map(({ confidence }) => confidence));
});
