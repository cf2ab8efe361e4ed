// Texture of the four quadrants of each slice [z, y, x], to be read out linearly beside embeddings that were learnt: mean and standard
// deviation of each feature of the filter bank. Quadrants are those of task 3: top left, top right, bottom left, bottom right.
import type { Steps } from '../../../base/steps.ts';
import type { Core } from '../filter/gaussian.ts';
import { wholeOf } from '../filter/gaussian.ts';
import { computeFeatures, DEFAULT_BANK, type FeatureBank } from '../forest/features.ts';
import type { Volume } from '../volume.ts';
import type { Features } from './readout.ts';

/** For the slices `core` of a volume or slab, one slice at a time: four samples a slice, two numbers a feature. */
export function* quadrantTexture(
  volume: Volume,
  core: Core = wholeOf(volume),
  bank: FeatureBank = DEFAULT_BANK,
): Steps<Features & { readonly data: Float64Array<ArrayBuffer> }> {
  const [, height, width] = volume.shape;
  const side = Math.floor(width / 2);
  const rows: number[][] = [];
  for (let z = core.from; z < core.to; z++) {
    const { planes } = yield* computeFeatures(volume, bank, { from: z, to: z + 1 });
    for (const top of [0, height - side]) {
      for (const left of [0, width - side]) {
        rows.push(planes.flatMap((plane) => meanAndSpread(plane, width, top, left, side)));
      }
    }
    yield (z + 1 - core.from) / (core.to - core.from);
  }
  return { data: Float64Array.from(rows.flat()), samples: rows.length, features: rows[0]?.length ?? 0 };
}

function meanAndSpread(plane: Float32Array, width: number, top: number, left: number, side: number): [number, number] {
  let [sum, squares] = [0, 0];
  for (let y = top; y < top + side; y++) {
    for (let i = y * width + left; i < y * width + left + side; i++) {
      sum += plane[i]!;
      squares += plane[i]! * plane[i]!;
    }
  }
  const mean = sum / (side * side);
  return [mean, Math.sqrt(Math.max(0, squares / (side * side) - mean * mean))];
}
