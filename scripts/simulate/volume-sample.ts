// The volume on the landing page: a picture, its regions and microstructure, and a flawed prediction, as NumPy saves them.
import { writeNpy } from '../../src/formats/npy/index.ts';
import type { NeurofinderFile } from './neurofinder-files.ts';
import { flawedPrediction, simulateTissue, type TissueVolume } from './tissue-volume.ts';

/** Three different extents, so that swapped axes show. */
const SHAPE = [48, 144, 160] as const;
const SEED = 12;

export function simulateVolumeSample(): TissueVolume {
  return simulateTissue(SHAPE, SEED);
}

export function* volumeFiles(tissue = simulateVolumeSample()): Generator<NeurofinderFile> {
  const arrays = {
    image: tissue.image,
    roi_labels: tissue.regions,
    pixel_labels: tissue.labels,
    pred_pixel_labels: flawedPrediction(tissue, SEED + 1),
  };
  for (const [name, data] of Object.entries(arrays)) {
    yield { path: `xray-sample/${name}.npy`, bytes: writeNpy({ data: Uint8Array.from(data), shape: tissue.shape }) };
  }
}
