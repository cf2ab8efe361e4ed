import { expect, it } from 'vitest';
import type { ActivityCandidates } from './activity-band.ts';
import { DIRECTIONS } from './ring-outline.ts';
import type { ShapeHits } from './shape-branch.ts';
import { type UniteInput, unite } from './unite.ts';

const SIDE = 200;

/** Hits on a grid of 20 px, gains and rates falling. */
function gridHits(count: number): ShapeHits {
  const each = <T>(value: (i: number) => T) => Array.from({ length: count }, (_, i) => value(i));
  return {
    row: Int32Array.from(each((i) => 10 + 20 * Math.floor(i / 9))),
    col: Int32Array.from(each((i) => 10 + 20 * (i % 9))),
    gain: Float64Array.from(each((i) => 100 - i)),
    outline: new Float32Array(count * DIRECTIONS).fill(5),
    tail: Float64Array.from(each((i) => Math.min(1, i / 50))),
    real: Float64Array.from(each((i) => Math.max(0, 1 - i / 40))),
  };
}

/** Squares of 9 × 9 pixels, equally active, the first ones a little more. */
function squares(centres: readonly (readonly [number, number])[]): ActivityCandidates {
  const pixels = centres.map(([row, col]) =>
    Array.from({ length: 81 }, (_, i) => (row - 4 + Math.floor(i / 9)) * SIDE + col - 4 + (i % 9)),
  );
  return {
    row: Float64Array.from(centres, ([row]) => row),
    col: Float64Array.from(centres, ([, col]) => col),
    energy: Float64Array.from(centres, (_, i) => 1000 - i),
    peak: Float64Array.from(centres, (_, i) => 90 - i),
    spread: new Float64Array(centres.length).fill(1),
    pixels: Int32Array.from(pixels.flat()),
    starts: Int32Array.from({ length: centres.length + 1 }, (_, i) => 81 * i),
    medianEnergy: 10,
    coreRows: SIDE,
    energyMap: energyOf(centres),
  };
}

/** Faint everywhere, strong around the centres. */
function energyOf(centres: readonly (readonly [number, number])[]): Float32Array<ArrayBuffer> {
  const map = new Float32Array(SIDE * SIDE).map((_, i) => 1 + (i % 7));
  for (const [row, col] of centres) map[row * SIDE + col] = 1000;
  return map;
}

const shape = gridHits(60);
// Twelve on shape hits, then three where the shape search sees nothing.
const active = squares([
  ...Array.from({ length: 12 }, (_, i) => [shape.row[i]! + 1, shape.col[i]!] as const),
  ...[20, 40, 60].map((col) => [40, col] as const),
]);
const input: UniteInput = {
  shape,
  odd: null,
  even: null,
  smaller: null,
  larger: null,
  activity: [active],
  labels: 'both',
  sensitivity: 0.5,
  radius: 5,
  height: SIDE,
  width: SIDE,
};

it('keeps the hits with a tail rate of at most 0.2 by default', () => {
  const { detections, defaultCut } = unite({ ...input, labels: 'visible' });
  const chosen = detections.filter(({ confidence }) => confidence >= defaultCut);
  expect(chosen).toHaveLength(11);
  expect(chosen.every(({ evidence, kind }) => evidence.fdr <= 0.2 && kind === 'shape')).toBe(true);
  expect(detections.filter((detection) => detection.chosen)).toEqual(chosen);
  expect(detections.length).toBeGreaterThan(40);
});

it('keeps more with more sensitivity, and never changes a confidence', () => {
  const counts = [0, 0.25, 0.5, 0.75, 1].map((sensitivity) => {
    const { detections } = unite({ ...input, labels: 'visible', sensitivity });
    expect(detections.map(({ confidence }) => confidence)).toEqual(
      unite({ ...input, labels: 'visible' }).detections.map(({ confidence }) => confidence),
    );
    return detections.filter(({ chosen }) => chosen).length;
  });
  for (let i = 1; i < counts.length; i++) expect(counts[i]!).toBeGreaterThan(counts[i - 1]!);
});

it('marks what both searches see, and adds active cells where activity has proved right', () => {
  const { detections } = unite(input);
  const both = detections.filter(({ kind }) => kind === 'both');
  expect(both).toHaveLength(12);
  expect(both.every(({ evidence }) => evidence.activity && evidence.gain > 0)).toBe(true);
  const added = detections.filter(({ kind }) => kind === 'activity');
  expect(added).toHaveLength(3);
  expect(added[0]!.region.points).toHaveLength(162);
  for (const [i, { row, col }] of detections.entries()) {
    expect(detections.slice(i + 1).every((other) => Math.hypot(other.row - row, other.col - col) > 4.5)).toBe(true);
    if (i > 0) expect(detections[i]!.confidence).toBeLessThanOrEqual(detections[i - 1]!.confidence);
  }
});

it('does not believe activity that the shape search never confirms', () => {
  const elsewhere = squares(Array.from({ length: 15 }, (_, i) => [20 + 20 * Math.floor(i / 8), 20 + 20 * (i % 8)] as const));
  const { detections } = unite({ ...input, activity: [elsewhere] });
  expect(detections.filter(({ kind, chosen }) => kind === 'activity' && chosen)).toHaveLength(0);
});

it('ranks by the repeats, with the rates staying at their ranks', () => {
  const half: ShapeHits = {
    ...gridHits(1),
    row: shape.row.slice(30, 31),
    col: shape.col.slice(30, 31),
    gain: Float64Array.from([80]),
    tail: null,
    real: null,
  };
  const [best] = unite({ ...input, labels: 'visible', odd: half, even: half, smaller: half, larger: half }).detections;
  expect([best!.row, best!.col]).toEqual([shape.row[30], shape.col[30]]);
  expect(best!.evidence).toMatchObject({ gain: 70, gainOdd: 80, gainEven: 80, fdr: 0, localFdr: 0 });
});

it('takes only what is active where only activity counts', () => {
  const { detections, defaultCut } = unite({ ...input, labels: 'active' });
  const taken = detections.filter(({ chosen }) => chosen);
  expect(taken.length).toBeGreaterThanOrEqual(12);
  expect(taken.every(({ confidence, evidence }) => confidence >= defaultCut && evidence.activity)).toBe(true);
  expect(detections.some(({ kind }) => kind === 'shape')).toBe(true);
});

it('doubts silent rings where the sure ones are active, and not where they are not', () => {
  // All sure rings are active; the one looked at is not sure, and silent.
  const lit = squares(Array.from({ length: 10 }, (_, i) => [shape.row[i]!, shape.col[i]!] as const));
  const of = (activity: ActivityCandidates[]) =>
    unite({ ...input, activity }).detections.find(({ row, col }) => row === shape.row[20] && col === shape.col[20])!.confidence;
  expect(of([lit])).toBeLessThan(of([]));
  const dark = { ...squares([]), energyMap: new Float32Array(SIDE * SIDE).fill(1) };
  expect(of([dark])).toBe(of([]));
});

it('takes empty answers', () => {
  const none = gridHits(0);
  expect(unite({ ...input, shape: none, activity: [] }).detections).toEqual([]);
  expect(unite({ ...input, shape: none, activity: [], labels: 'active' }).detections).toEqual([]);
});
