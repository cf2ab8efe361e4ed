// Generated tissue for the benchmark: smooth noise as grey levels, cut into four classes. Arrays [z, y, x], one byte a voxel.
import { makeRng } from '../../src/base/rng.ts';
import { complete } from '../../src/base/steps.ts';
import { gaussian } from '../../src/pipeline/volume/filter/gaussian.ts';
import type { LabelVolume, Shape3 } from '../../src/pipeline/volume/volume.ts';

export interface Tissue {
  readonly image: LabelVolume;
  /** 0 background, 1 vessel, 2 cell, 3 axon. */
  readonly labels: LabelVolume;
}

export function drawTissue(shape: Shape3, seed = 1): Tissue {
  const rng = makeRng(seed);
  const noise = { data: Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => rng.normal()), shape };
  const smooth = complete(gaussian(noise, 3)).data;
  const spread = Math.sqrt(smooth.reduce((sum, value) => sum + value * value, 0) / smooth.length);
  const image = Uint8Array.from(smooth, (value) => Math.max(0, Math.min(255, 120 + (30 * value) / spread + 6 * rng.normal())));
  const labels = Uint8Array.from(smooth, (value) =>
    value < -2 * spread ? 1 : value < -1.5 * spread ? 2 : value > spread ? 3 : 0,
  );
  return { image: { data: image, shape }, labels: { data: labels, shape } };
}

/** `slices` of the volume, begun anew where it ends. */
export function repeat({ data, shape }: LabelVolume, slices: number): LabelVolume {
  const [, height, width] = shape;
  const out = new Uint8Array(slices * height * width);
  for (let at = 0; at < out.length; at += data.length) out.set(data.subarray(0, Math.min(data.length, out.length - at)), at);
  return { data: out, shape: [slices, height, width] };
}
