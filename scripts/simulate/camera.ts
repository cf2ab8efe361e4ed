// From light to counts: drift of the field, scan-line errors, photon noise, gain, offset, read noise, 16 bits. Images [row, column].
import type { Rng } from '../../src/base/rng.ts';
import type { Grid } from './blur.ts';
import type { MovieParams } from './params.ts';
import { leaky, normals } from './random.ts';

/** Drift per frame in pixels: a bounded wander plus rare jumps. */
export function drawDrift(rng: Rng, frames: number, p: MovieParams, bound: number): Float32Array {
  const wander = leaky(normals(rng, frames), 0.9);
  return Float32Array.from(wander, (v) => {
    const jump = rng.uniform() < p.jumps ? 1.2 * rng.normal() : 0;
    return Math.min(bound, Math.max(-bound, 0.44 * p.drift * v + jump));
  });
}

/** Writes the frame seen at (dy, dx) on the padded light field (photons a pixel) into `frame`, height x width counts. */
export function expose(
  rng: Rng,
  light: Float32Array,
  padded: Grid,
  pad: number,
  dy: number,
  dx: number,
  p: MovieParams,
  frame: Uint16Array,
): void {
  const y0 = pad + Math.floor(dy);
  const x0 = pad + Math.floor(dx);
  const fy = dy - Math.floor(dy);
  const fx = dx - Math.floor(dx);
  const { width } = padded;
  for (let row = 0; row < p.height; row++) {
    const line = 1 + p.lineNoise * rng.normal();
    for (let col = 0; col < p.width; col++) {
      const at = (y0 + row) * width + x0 + col;
      const upper = light[at]! * (1 - fx) + light[at + 1]! * fx;
      const lower = light[at + width]! * (1 - fx) + light[at + width + 1]! * fx;
      const photons = Math.max(0, line * (upper * (1 - fy) + lower * fy));
      // Poisson-like mean, variance and skew without steps: detectors do not give every photon the same charge.
      const seen = Math.max(0, (Math.sqrt(photons) + 0.5 * rng.normal()) ** 2 - 0.25);
      const counts = seen * p.gain + p.offset + (p.readNoise > 0 ? p.readNoise * rng.normal() : 0);
      frame[row * p.width + col] = Math.min(65535, Math.max(0, Math.round(counts)));
    }
  }
}
