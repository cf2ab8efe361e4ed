import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { regionFrom } from '../../src/base/region.ts';
import { neurofinderFiles, zipOf } from '../simulate/neurofinder-files.ts';
import { simulateMovie } from '../simulate-movie.ts';
import { ablate } from './ablation.ts';
import { calibrationError, judge, ordering, reliability } from './calibration.ts';
import { answers, type Figures, median } from './figures.ts';
import { makeRunner } from './jobs.ts';
import { readMovie } from './movie.ts';
import { setsOnDisk } from './on-disk.ts';
import { parseOptions } from './options.ts';
import { calibrationLines, type MovieFigures, summaryLines, traceLine } from './report.ts';
import { simulateSet } from './simulated.ts';
import { regionsInTexture } from './texture.ts';
import { correlation, traceAgreement } from './traces.ts';

const SMALL = { height: 112, width: 128, frames: 150 };

it('draws seeds unless they are given, and says no to what makes no sense', () => {
  const drawn = parseOptions([], (below) => below - 1);
  expect(drawn).toMatchObject({ seeds: [999_999, 999_999], drawn: true, height: 256, width: 256, frames: 1000 });
  expect(drawn.families).toHaveLength(5);
  const given = parseOptions(
    '--seeds 301,302 --families 00,02 --size 64x80 --real a --real b --labels active'.split(' '),
    () => 1,
  );
  expect(given).toMatchObject({
    seeds: [301, 302],
    drawn: false,
    families: ['00', '02'],
    height: 64,
    width: 80,
    real: ['a', 'b'],
  });
  expect(given.labels).toEqual(['active']);
  expect(() => parseOptions(['--families', '07'], () => 1)).toThrow('00, 01, 02, 03, 04');
  expect(() => parseOptions(['--seeds', '1,x'], () => 1)).toThrow('"x"');
  expect(() => parseOptions(['--frams', '7'], () => 1)).toThrow('--frams');
});

const square = (row: number, col: number) =>
  regionFrom([-1, 0, 1].flatMap((r) => [-1, 0, 1].map((c) => [row + r, col + c] as [number, number])));

it('calls a region right where a label is near that no better one took', () => {
  const found = [
    { region: square(10, 12), confidence: 0.4 },
    { region: square(10, 10), confidence: 0.9 },
    { region: square(30, 30), confidence: 0.85 },
  ];
  const judged = judge(found, [square(10, 11), square(50, 50)], 5);
  expect(judged).toEqual([
    { confidence: 0.9, right: true },
    { confidence: 0.85, right: false },
    { confidence: 0.4, right: false },
  ]);
});

it('measures how far confidence is from the share of right ones', () => {
  const judged = [
    ...Array.from({ length: 10 }, (_, i) => ({ confidence: 0.75, right: i < 5 })),
    ...Array.from({ length: 30 }, (_, i) => ({ confidence: 0.25, right: i < 6 })),
  ];
  expect(reliability(judged).map(({ from, count, right }) => [from, count, right])).toEqual([
    [0.2, 30, 0.2],
    [0.7, 10, 0.5],
  ]);
  expect(calibrationError(judged)).toBeCloseTo((30 * 0.05 + 10 * 0.25) / 40, 10);
  expect(calibrationError([])).toBeNaN();
});

it('measures how well confidence orders right and wrong ones', () => {
  const one = (confidence: number, right: boolean) => ({ confidence, right });
  expect(ordering([one(0.9, true), one(0.8, false), one(0.7, true), one(0.1, false)])).toBe(0.75);
  expect(ordering([one(0.5, true), one(0.5, false)])).toBe(0.5);
  expect(ordering([one(0.5, true)])).toBeNaN();
});

const figuresOf = (labels: Figures['labels'], combined: number): Figures => ({
  labels,
  score: { combined, recall: 0, precision: 0, inclusion: 0, exclusion: 0 },
  found: 1,
  truths: 1,
  radiusFound: 5,
  radiusLabel: 5,
  judged: [{ confidence: 0.5, right: true }],
  calibrationError: 0.5,
  seconds: 1,
  secondsInAll: 2,
});

it('sums up: means, the worst movie, and active where only active cells are labelled', () => {
  const movie = (family: MovieFigures['family'], both: number, active: number): MovieFigures => ({
    movie: `simulated ${family}`,
    family,
    seed: 1,
    figures: [figuresOf('both', both), figuresOf('active', active)],
    traces: undefined,
    texture: undefined,
    ablation: undefined,
  });
  const movies = [movie('00', 0.5, 0.1), movie('02', 0.6, 0.8), movie(null, 0.1, 0.1)];
  const lines = summaryLines(movies);
  expect(lines[0]).toBe('simulated, both: mean F1 0.550, worst 0.500 (simulated 00), 2 movies');
  expect(lines.at(-1)).toBe('simulated, active on 02 and 04, else both: mean F1 0.650, worst 0.500 (simulated 00), 2 movies');
  expect(calibrationLines(movies, 'both')[0]).toContain('calibration error 0.500 (3 regions)');
});

it('reads, detects and scores a simulated movie with what the page uses, and the same from a zip on disk', async () => {
  const { listing, root, cells } = await simulateSet('01', 5, SMALL);
  const movie = await readMovie(listing, root);
  expect(movie).toMatchObject({ rateHz: 7.5, threshold: 5 });
  expect(movie.planes).toMatchObject(SMALL);
  expect(movie.truth).toHaveLength(cells.length);
  const found: Figures[] = [];
  const runner = makeRunner();
  for await (const answer of answers(movie, movie.truth!, ['both', 'visible'], runner)) {
    found.push(answer.figures);
    if (answer.figures.labels !== 'both') continue;
    const traces = await traceAgreement(movie, answer, cells);
    expect(traces.denoised).toBeGreaterThan(0.7);
    expect(traces.byLabels.denoised).toBeGreaterThan(0.7);
    expect(traceLine(traces)).toContain(`denoised ${traces.denoised.toFixed(3)}; by the labels' pixels`);
  }
  expect(found[0]!.score.combined).toBeGreaterThan(0.4);
  expect(found[1]!.labels).toBe('visible');
  const [whole, ...parts] = await ablate(movie, movie.truth!, runner);
  expect(whole).toEqual({ without: 'nothing', score: found[0]!.score });
  expect(parts.find(({ without }) => without === 'activity')!.score).toEqual(found[1]!.score);
  expect(parts.find(({ without }) => without.startsWith('outlines'))!.score.combined).toBeGreaterThan(0.3);
  expect(found[0]!.radiusLabel).toBeCloseTo(median(cells.map(({ radius }) => radius)), 0);
  expect((await regionsInTexture(movie, 7, 3)).found).toBeLessThanOrEqual(5);

  const folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
  try {
    const simulated = simulateMovie('01', 5, SMALL);
    writeFileSync(join(folder, 'neurofinder.01.5.zip'), zipOf(neurofinderFiles('01.5', simulated, simulated.info, {})));
    const sets = await setsOnDisk(folder);
    expect(sets.map(({ name }) => name)).toEqual(['neurofinder.01.5']);
    const again = await readMovie(sets[0]!.listing, sets[0]!.root);
    expect(again.planes.mean).toEqual(movie.planes.mean);
    expect(again.truth).toEqual(movie.truth);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 300_000);

it('correlates traces', () => {
  const a = Float32Array.of(1, 2, 3, 4);
  expect(
    correlation(
      a,
      a.map((v) => 3 - 2 * v),
    ),
  ).toBeCloseTo(-1, 6);
  expect(correlation(a, Float32Array.of(1, -1, -1, 1))).toBeCloseTo(0, 6);
});
