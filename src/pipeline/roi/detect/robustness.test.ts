// What real movies bring: the same drawn field, spoilt in one way at a time, must still give up most of its cells.
import { expect, it } from 'vitest';
import { makeRng, type Rng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { drawRingField, f1 } from '../../../test/ring-field.ts';
import { binChunk, binScheme, makeBinMerger } from '../../image/binned-movie.ts';
import { detectAll } from './detect-all.ts';

const RADIUS = 5;
const [HEIGHT, WIDTH] = [104, 120];
const FRAMES = 60;
const RATE_HZ = 4;
const field = drawRingField(21, WIDTH, 26, RADIUS);
const inside = field.row.flatMap((row, i) => (row < HEIGHT - RADIUS ? [i] : []));
const truth = { row: inside.map((i) => field.row[i]!), col: inside.map((i) => field.col[i]!) };
const still = field.image.data.subarray(0, HEIGHT * WIDTH);
/** Nearest cell within a radius, per pixel; −1 elsewhere. */
const cellAt = Int32Array.from(still, (_, i) =>
  truth.row.findIndex((row, k) => Math.hypot(row - Math.floor(i / WIDTH), truth.col[k]! - (i % WIDTH)) < RADIUS),
);

interface Spoil {
  /** Changes the light of a frame before the camera's noise. */
  readonly light?: (light: Float64Array, frame: number, rng: Rng) => void;
  /** Changes a counted value. */
  readonly count?: (value: number, pixel: number) => number;
  readonly frames?: number;
}

/** Frames of the field: each cell fires once in a while, 5 counts of noise. */
function* record({ light: change, count = (value) => value, frames = FRAMES }: Spoil): Generator<Float64Array<ArrayBuffer>> {
  const rng = makeRng(3);
  for (let t = 0; t < frames; t++) {
    const light = Float64Array.from(still, (value, i) => {
      const cell = cellAt[i]!;
      return value * (cell >= 0 && (t + 7 * cell) % 29 < 4 ? 1.3 : 1);
    });
    change?.(light, t, rng);
    yield light.map((value, i) => count(value + 5 * rng.normal(), i));
  }
}

function found(
  spoil: Spoil,
  convert: (frame: Float64Array<ArrayBuffer>) => Float32Array | Uint8Array | Uint16Array | Uint32Array,
) {
  const frames = [...record(spoil)].map(convert) as (Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>)[];
  const mean = (part: (i: number) => boolean) => {
    const chosen = frames.filter((_, i) => part(i));
    const data = new Float64Array(HEIGHT * WIDTH);
    for (const frame of chosen) for (let i = 0; i < data.length; i++) data[i]! += frame[i]! / chosen.length;
    return { data, height: HEIGHT, width: WIDTH };
  };
  const dtype = frames[0] instanceof Uint8Array ? 'uint8' : 'float32';
  const factor = Math.ceil(frames.length / 60);
  const range = dtype === 'uint8' ? null : ([-200, 4000] as const);
  const movie = { frames: frames.length, height: HEIGHT, width: WIDTH, dtype } as const;
  const scheme = binScheme(movie, factor, range);
  const merger = makeBinMerger(scheme);
  merger.add(complete(binChunk(scheme, frames, 0)));
  const { detections } = complete(
    detectAll({
      mean: mean(() => true),
      odd: mean((i) => i % 2 === 1),
      even: mean((i) => i % 2 === 0),
      binned: { data: merger.take().data, bins: scheme.bins, binRate: RATE_HZ / factor },
      labels: 'both',
      sensitivity: 0.5,
      radius: RADIUS,
    }),
  );
  return detections.filter(({ chosen }) => chosen);
}

const floats = (frame: Float64Array<ArrayBuffer>) => Float32Array.from(frame);
const at = (row: number, col: number) => row * WIDTH + col;
const speckled = makeRng(9);
const dead = new Map(Array.from({ length: 40 }, (_, k) => [speckled.below(HEIGHT * WIDTH), k % 2 === 0 ? 0 : 3900]));

it.each<[string, Spoil, typeof floats | ((frame: Float64Array<ArrayBuffer>) => Uint8Array | Uint16Array | Uint32Array)]>([
  ['float', {}, floats],
  ['8-bit', { count: (value) => value / 2 }, (frame) => Uint8Array.from(frame, (v) => Math.min(255, Math.max(0, v)))],
  ['16-bit', {}, (frame) => Uint16Array.from(frame, (v) => Math.max(0, v))],
  ['32-bit', { count: (value) => 1e5 * Math.max(0, value) }, (frame) => Uint32Array.from(frame, (v) => v / 1e5)],
  ['30 frames', { frames: 30 }, floats],
  ['dead and hot pixels', { count: (value, i) => dead.get(i) ?? value }, floats],
  ['saturated pixels', { count: (value) => Math.min(175, value) }, floats],
  ['bleaching', { light: (light, t) => scale(light, Math.exp(-t / 60)) }, floats],
  ['neuropil', { light: (light, t) => scale(light, 1 + 0.2 * Math.sin(t / 3)) }, floats],
  [
    'scan-line noise',
    { light: (light, _, rng) => eachRow((row) => scale(light.subarray(at(row, 0), at(row + 1, 0)), 1 + 0.05 * rng.normal())) },
    floats,
  ],
  [
    'bidirectional combing',
    { light: (light) => eachRow((row) => row % 2 === 1 && light.copyWithin(at(row, 1), at(row, 0), at(row, WIDTH - 1))) },
    floats,
  ],
])('finds the cells of a movie: %s', (_, spoil, convert) => {
  expect(f1(truth, found(spoil, convert as typeof floats), 4)).toBeGreaterThanOrEqual(0.65);
});

it('finds nothing in black borders, and the cells beside them', () => {
  const border = 14;
  const black = (i: number) => Math.floor(i / WIDTH) < border || i % WIDTH >= WIDTH - border;
  const regions = found({ count: (value, i) => (black(i) ? 0 : value) }, floats);
  const seen = inside.filter((i) => !black(at(Math.round(field.row[i]!), Math.round(field.col[i]!))));
  const left = { row: seen.map((i) => field.row[i]!), col: seen.map((i) => field.col[i]!) };
  expect(regions.filter(({ row, col }) => black(at(Math.round(row), Math.round(col))))).toEqual([]);
  expect(f1(left, regions, 4)).toBeGreaterThanOrEqual(0.55);
});

function scale(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
}

function eachRow(change: (row: number) => unknown): void {
  for (let row = 0; row < HEIGHT; row++) change(row);
}
