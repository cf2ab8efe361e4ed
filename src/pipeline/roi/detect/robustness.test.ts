// What real movies bring: the same drawn field, spoilt in one way at a time, must still give up most of its cells.
import { expect, it } from 'vitest';
import { makeRng, type Rng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { drawRingField, f1, type RingField } from '../../../test/ring-field.ts';
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

/** Noise of 5 counts, from which each frame takes a piece: long movies would take long to draw. */
const noise = makeRng(4);
const NOISE = Float64Array.from({ length: 1 << 17 }, () => 5 * noise.normal());

/** Frames of the field: each cell fires once in a while. */
function* record({ light: change, count = (value) => value, frames = FRAMES }: Spoil): Generator<Float64Array<ArrayBuffer>> {
  const rng = makeRng(3);
  for (let t = 0; t < frames; t++) {
    const from = rng.below(NOISE.length - still.length);
    const light = new Float64Array(still.length);
    for (let i = 0; i < light.length; i++) {
      const cell = cellAt[i]!;
      light[i] = still[i]! * (cell >= 0 && (t + 7 * cell) % 29 < 4 ? 1.3 : 1);
    }
    change?.(light, t, rng);
    for (let i = 0; i < light.length; i++) light[i] = count(light[i]! + NOISE[from + i]!, i);
    yield light;
  }
}

type Convert = (frame: Float64Array<ArrayBuffer>) => Float32Array | Uint8Array | Uint16Array | Uint32Array;

/** Regions shown by default; of `frames` frames never more than one bin is held. `rate`: what the frame rate is taken for. */
function found(spoil: Spoil, convert: Convert, rate = RATE_HZ) {
  const count = spoil.frames ?? FRAMES;
  const factor = Math.ceil(count / 60);
  const planes = [0, 1, 2].map(() => ({ data: new Float64Array(HEIGHT * WIDTH), height: HEIGHT, width: WIDTH }));
  const [mean, even, odd] = planes as [(typeof planes)[0], (typeof planes)[0], (typeof planes)[0]];
  const add = (plane: { data: Float64Array }, frame: ArrayLike<number>, of: number) => {
    for (let i = 0; i < frame.length; i++) plane.data[i]! += frame[i]! / of;
  };
  const make = (dtype: 'uint8' | 'float32') => {
    const movie = { frames: count, height: HEIGHT, width: WIDTH, dtype } as const;
    return binScheme(movie, factor, dtype === 'uint8' ? null : [-200, 4000]);
  };
  let scheme: ReturnType<typeof make> | undefined;
  let merger: ReturnType<typeof makeBinMerger> | undefined;
  let open: (Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>)[] = [];
  let t = 0;
  for (const light of record(spoil)) {
    const frame = convert(light) as Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
    add(mean, frame, count);
    add(t % 2 === 0 ? even : odd, frame, t % 2 === 0 ? Math.ceil(count / 2) : count >> 1);
    open.push(frame);
    t++;
    scheme ??= make(frame instanceof Uint8Array ? 'uint8' : 'float32');
    merger ??= makeBinMerger(scheme);
    if (open.length === factor || t === count) {
      merger.add(complete(binChunk(scheme, open, t - open.length)));
      open = [];
    }
  }
  const { detections } = complete(
    detectAll({
      mean,
      odd,
      even,
      binned: { data: merger!.take().data, bins: scheme!.bins, binRate: rate / factor },
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

it.each<[string, Spoil, Convert]>([
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
  ['9,000 frames', { frames: 9000 }, floats],
  [
    'residual motion',
    { light: (light, t) => light.set(moved(light, [0, 1, 0, -1, 1, 0][t % 6]!, [0, -1, 1, 0, 1, 0][t % 6]!)) },
    floats,
  ],
])(
  'finds the cells of a movie: %s',
  (_, spoil, convert) => {
    expect(f1(truth, found(spoil, convert), 4)).toBeGreaterThanOrEqual(0.65);
  },
  120_000,
);

it.each([0.25, 4])('finds the cells where the frame rate is not known, and guessed wrongly by a factor of %f', (factor) => {
  expect(f1(truth, found({}, floats, factor * RATE_HZ), 4)).toBeGreaterThanOrEqual(0.65);
});

/** Rings on a mean image [row, column] cut out of a drawn field. */
function foundOn({ image }: RingField, height: number, width: number) {
  const plane = (seed: number) => {
    const rng = makeRng(seed);
    const data = new Float64Array(height * width);
    for (let y = 0; y < height; y++) data.set(image.data.subarray(y * image.width, y * image.width + width), y * width);
    return { data: data.map((value) => value + rng.normal()), height, width };
  };
  const [mean, odd, even] = [plane(1), plane(2), plane(3)];
  const input = { mean, odd, even, binned: null, labels: 'visible', sensitivity: 0.5, radius: RADIUS } as const;
  const { detections } = complete(detectAll(input));
  return detections.filter(({ chosen }) => chosen);
}

it('finds cells that touch their neighbours all over a dense field', () => {
  const dense = drawRingField(4, 128, 75, RADIUS);
  expect(f1(dense, foundOn(dense, 128, 128), 4)).toBeGreaterThanOrEqual(0.65);
});

it('finds the cells of a field of 498 × 490', () => {
  const tile = drawRingField(6, 128, 22, RADIUS);
  const data = Float64Array.from({ length: 512 * 512 }, (_, i) => tile.image.data[((i >> 9) % 128) * 128 + (i % 128)]!);
  const tops = [0, 128, 256, 384];
  const places = tops.flatMap((top) => tops.flatMap((left) => tile.row.map((row, i) => [top + row, left + tile.col[i]!])));
  const own = places.filter(([row, col]) => row! < 498 - RADIUS && col! < 490 - RADIUS);
  const cells = { row: own.map(([row]) => row!), col: own.map(([, col]) => col!) };
  const regions = foundOn({ ...cells, image: { data, height: 512, width: 512 } }, 498, 490);
  expect(f1(cells, regions, 4)).toBeGreaterThanOrEqual(0.65);
}, 120_000);

it('finds nothing in black borders, and the cells beside them', () => {
  const border = 14;
  const black = (i: number) => Math.floor(i / WIDTH) < border || i % WIDTH >= WIDTH - border;
  const regions = found({ count: (value, i) => (black(i) ? 0 : value) }, floats);
  const seen = inside.filter((i) => !black(at(Math.round(field.row[i]!), Math.round(field.col[i]!))));
  const left = { row: seen.map((i) => field.row[i]!), col: seen.map((i) => field.col[i]!) };
  expect(regions.filter(({ row, col }) => black(at(Math.round(row), Math.round(col))))).toEqual([]);
  expect(f1(left, regions, 4)).toBeGreaterThanOrEqual(0.55);
});

/** The light `down` rows below and `right` columns beside, border repeated. */
function moved(light: Float64Array, down: number, right: number): Float64Array {
  const inside = (place: number, size: number) => Math.min(size - 1, Math.max(0, place));
  return light.map((_, i) => light[at(inside(Math.floor(i / WIDTH) - down, HEIGHT), inside((i % WIDTH) - right, WIDTH))]!);
}

function scale(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i]! *= factor;
}

function eachRow(change: (row: number) => unknown): void {
  for (let row = 0; row < HEIGHT; row++) change(row);
}
