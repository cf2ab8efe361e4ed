// What does not move or fire: texture and bright dots of the tissue, and the shadows of blood vessels. Images [row, column].
import type { Rng } from '../../src/base/rng.ts';
import { type Grid, gaussianBlur, smoothNoise } from './blur.ts';
import type { MovieParams } from './params.ts';

/** Brightness about 1: octaves of log-normal texture and log-normal dots. `area` is the field over 512x512. */
export function drawTexture(rng: Rng, grid: Grid, p: MovieParams, area: number): Float32Array {
  const log = new Float32Array(grid.height * grid.width);
  for (const [sigma, amplitude] of p.texture) {
    const octave = smoothNoise(rng, grid, sigma);
    for (let i = 0; i < log.length; i++) log[i]! += amplitude * octave[i]!;
  }
  const dots = new Float32Array(log.length);
  for (let n = Math.round(p.puncta * area); n > 0; n--) dots[rng.below(dots.length)]! += Math.exp(0.7 * rng.normal());
  const soft = gaussianBlur(dots, grid, 1);
  return log.map((v, i) => Math.exp(v) + 0.25 * 2 * Math.PI * soft[i]!);
}

/** Share of the light that passes, 1 = clear: vessels that cross the field and vessels seen end on. */
export function drawVessels(rng: Rng, grid: Grid, crossing: number, endOn: number): Float32Array {
  const { height, width } = grid;
  const blood = new Float32Array(height * width);
  const fill = (row: number, col: number, radius: number, squeeze: number) => {
    const reach = Math.ceil(radius / squeeze);
    for (let y = Math.max(0, Math.floor(row - reach)); y <= Math.min(height - 1, row + reach); y++) {
      for (let x = Math.max(0, Math.floor(col - reach)); x <= Math.min(width - 1, col + reach); x++) {
        if ((y - row) ** 2 + ((x - col) * squeeze) ** 2 < radius * radius) blood[y * width + x] = 1;
      }
    }
  };
  for (let n = 0; n < crossing; n++) {
    const heading = rng.uniform() * 2 * Math.PI;
    const middle = [rng.uniform() * height, rng.uniform() * width] as const;
    const radius = 2 + 2.5 * rng.uniform();
    for (const turn of [0, Math.PI]) {
      let angle = heading + turn;
      let [y, x] = middle;
      for (let steps = 3 * (height + width); steps > 0 && y >= 0 && y < height && x >= 0 && x < width; steps--) {
        fill(y, x, radius, 1);
        angle += 0.03 * rng.normal();
        y += Math.sin(angle);
        x += Math.cos(angle);
      }
    }
  }
  for (let n = 0; n < endOn; n++)
    fill(rng.uniform() * height, rng.uniform() * width, 4 + 7 * rng.uniform(), 0.7 + 0.3 * rng.uniform());
  return gaussianBlur(blood, grid, 2).map((v) => 1 - 0.65 * v);
}
