// The simulated family 00 against what was measured on the real 00.00 and on the simulator that this one is a port of: contrast of
// the mean image by octaves, profile of a cell, photon noise, label size, scan-line noise. Lengths in pixels.
import { beforeAll, expect, it } from 'vitest';
import { type SimulatedMovie, simulateMovie } from '../simulate-movie.ts';
import { type Grid, gaussianBlur } from './blur.ts';

const SIZE = { height: 256, width: 256, frames: 240 };
const PIXELS = SIZE.height * SIZE.width;
const GRID: Grid = SIZE;

let simulated: SimulatedMovie;
let mean: Float32Array;
let halves: [Float32Array, Float32Array];

beforeAll(() => {
  simulated = simulateMovie('00', 11, SIZE);
  const half = (parity: number) => {
    const sum = new Float32Array(PIXELS);
    for (let t = parity; t < SIZE.frames; t += 2)
      for (let i = 0; i < PIXELS; i++) sum[i]! += simulated.movie[t * PIXELS + i]! / (SIZE.frames / 2);
    return sum;
  };
  halves = [half(0), half(1)];
  mean = halves[0].map((value, i) => (value + halves[1][i]!) / 2);
}, 120_000);

const median = (values: ArrayLike<number>) => Float64Array.from(values).sort()[Math.floor(values.length / 2)]!;
const logOf = (image: Float32Array) => image.map((value) => Math.log(Math.max(value, 1)));

/** Detail between two Gaussians. */
function band(image: Float32Array, fine: number, coarse: number): Float32Array {
  const wide = gaussianBlur(image, GRID, coarse);
  return (fine === 0 ? image : gaussianBlur(image, GRID, fine)).map((value, i) => value - wide[i]!);
}

const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;
const within = (value: number, wanted: number, share: number) => {
  expect(value).toBeGreaterThan(wanted * (1 - share));
  expect(value).toBeLessThan(wanted * (1 + share));
};

it('has the contrast of tissue and of photon noise in every octave of the mean image', () => {
  const octaves = [0, 0.7, 1.4, 2.8, 5.6, 11, 22, 45];
  // Of the simulator that this is a port of, 384 x 384 and 600 frames; the widest octaves differ most from field to field.
  const signals = [0.023, 0.035, 0.058, 0.081, 0.088, 0.1, 0.139];
  const noises = [0.025, 0.01, 0.005];
  const logs = halves.map(logOf);
  for (const [i, wanted] of signals.entries()) {
    const [x, y] = logs.map((image) => band(image, octaves[i]!, octaves[i + 1]!)) as [Float32Array, Float32Array];
    // What both halves share is signal, and half their difference the noise of their mean.
    within(Math.sqrt(product(x, y)), wanted, i < 5 ? 0.15 : 0.4);
    const difference = x.map((value, j) => (value - y[j]!) / 2);
    if (noises[i]) within(Math.sqrt(product(difference, difference)), noises[i]! * Math.sqrt(600 / SIZE.frames), 0.15);
  }
});

it('has cells with a dark nucleus and a bright rim, and labels of their size and number', () => {
  const profiles = ringProfiles();
  const wanted: [distance: number, brightness: number][] = [
    [0, 0.82],
    [2, 0.88],
    [4, 1.02],
    [5, 1.06],
    [6, 1.06],
    [8, 1.01],
  ];
  for (const [distance, brightness] of wanted) within(median(profiles.map((one) => one[distance]!)), brightness, 0.06);
  within(median(simulated.regions.map((region) => region.length)), 70, 0.1);
  // 330 to 500 labels a field of 512 x 512.
  expect(simulated.regions.length).toBeGreaterThan(0.9 * (330 / 4));
  expect(simulated.regions.length).toBeLessThan(1.1 * (500 / 4));
  const { cells, unlabelled, params } = simulated;
  const all = [...cells, ...unlabelled];
  for (const kind of ['active', 'silent', 'hidden'] as const) {
    const share = all.filter((cell) => cell.kind === kind).length / all.length;
    expect(Math.abs(share - params.classes[kind])).toBeLessThan(0.12);
  }
  expect(unlabelled.some(({ labelled }) => labelled)).toBe(false);
});

it('has the photon noise of the real movie', () => {
  const { movie } = simulated;
  const variance = new Float64Array(PIXELS);
  for (let t = 1; t < SIZE.frames; t++) {
    for (let i = 0; i < PIXELS; i++)
      variance[i]! += (movie[t * PIXELS + i]! - movie[(t - 1) * PIXELS + i]!) ** 2 / (2 * (SIZE.frames - 1));
  }
  within(median(variance.map((value, i) => Math.sqrt(value) / mean[i]!)), 0.8, 0.05);
  within(slope(mean, variance), 164, 0.05);
});

it('has noise along the scan lines and none across', () => {
  const { movie, params } = simulated;
  const { height, width } = SIZE;
  let [white, rows, cols] = [0, 0, 0];
  for (let t = 1; t < 60; t++) {
    const change = new Float64Array(PIXELS).map((_, i) => (movie[t * PIXELS + i]! - movie[(t - 1) * PIXELS + i]!) / mean[i]!);
    const whole = change.reduce((sum, value) => sum + value, 0) / PIXELS;
    white += change.reduce((sum, value) => sum + (value - whole) ** 2, 0) / PIXELS;
    const rowMeans = new Float64Array(height);
    const colMeans = new Float64Array(width);
    change.forEach((value, i) => {
      rowMeans[Math.floor(i / width)]! += value / width;
      colMeans[i % width]! += value / height;
    });
    rows += rowMeans.reduce((sum, value) => sum + (value - whole) ** 2, 0);
    cols += colMeans.reduce((sum, value) => sum + (value - whole) ** 2, 0);
  }
  // Variance of a line's mean over what white noise alone would give.
  within(rows / white, 1 + (params.lineNoise / 0.8) ** 2 * width, 0.15);
  within(cols / white, 1, 0.1);
});

function slope(x: Float32Array, y: Float64Array): number {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length;
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length;
  let [xx, xy] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += (x[i]! - meanX) ** 2;
    xy += (x[i]! - meanX) * (y[i]! - meanY);
  }
  return xy / xx;
}

/** Brightness over that of the surround, by distance from the centre, of cells away from the border. */
function ringProfiles(): number[][] {
  return simulated.cells
    .filter(({ row, col }) => row > 14 && col > 14 && row < 241 && col < 241)
    .map(({ row, col }) => {
      const at = (d: number) => {
        let [sum, n] = [0, 0];
        for (let r = Math.round(row) - 14; r <= row + 14; r++)
          for (let c = Math.round(col) - 14; c <= col + 14; c++) {
            if (Math.abs(Math.hypot(r - row, c - col) - d) < 0.5) {
              sum += mean[r * SIZE.width + c]!;
              n++;
            }
          }
        return sum / n;
      };
      const around = (at(9) + at(10) + at(11) + at(12)) / 4;
      return Array.from({ length: 9 }, (_, d) => at(d) / around);
    });
}
