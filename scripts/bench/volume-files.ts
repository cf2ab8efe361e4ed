// Files in the shapes of MTNeuro's own, made up: 256 × 256 slices of four regions one after another, images uint8, labels uint64, in
// zips (deflated) or as they are. 40 slices are drawn and repeated, which no reader can tell.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpy } from '../../src/formats/npy/index.ts';
import type { LabelVolume } from '../../src/pipeline/volume/volume.ts';
import { packEntry, ZipWriter } from '../simulate/write-zip.ts';
import { drawTissue, repeat, type Tissue } from './tissue.ts';

const SIDE = 256;
const DRAWN = 40;
const LEVEL = 6;
/** Slices of the four regions: of the small zip, the test set and the training set. */
const SLICES = { mini: 20, test: 200, train: 1076 } as const;

export interface VolumeFiles {
  /** Images, labels and region labels of 20 slices, and what macOS leaves in a zip. */
  readonly mini: string;
  /** Images of 13 MB, labels of 105 MB and a prediction of 200 slices. */
  readonly test: string;
  /** Images of 70 MB and labels of 564 MB. */
  readonly train: readonly string[];
}

export function writeVolumeFiles(folder: string): VolumeFiles {
  const tissue = drawTissue([DRAWN, SIDE, SIDE]);
  const regions = { data: new Uint8Array(SLICES.mini * SIDE * SIDE), shape: [SLICES.mini, SIDE, SIDE] as const };
  for (const [i, id] of [1, 2, 4, 5].entries())
    regions.data.fill(id, (i * regions.data.length) / 4, ((i + 1) * regions.data.length) / 4);
  const mini = join(folder, 'mini.zip');
  writeZip(mini, {
    'downloads/task2_2D_4classtestimages.npy': bytesOf(repeat(tissue.image, SLICES.mini)),
    'downloads/task2_2D_4classtestlabels.npy': wideBytes(repeat(tissue.labels, SLICES.mini)),
    'downloads/task1testlabels.npy': wideBytes(regions),
    'downloads/.DS_Store': new Uint8Array(4),
    '__MACOSX/downloads/._task1testlabels.npy': new Uint8Array(8),
  });
  const test = join(folder, 'test.zip');
  writeZip(test, {
    'task2_2D_4classtestimages.npy': bytesOf(repeat(tissue.image, SLICES.test)),
    'task2_2D_4classtestlabels.npy': wideBytes(repeat(tissue.labels, SLICES.test)),
    'prediction.npy': bytesOf(repeat(shifted(tissue), SLICES.test)),
  });
  return { mini, test, train: writeTrainingSet(folder, tissue) };
}

/** The labels a voxel to the side. */
function shifted({ labels }: Tissue): LabelVolume {
  return { ...labels, data: labels.data.map((_, i) => labels.data[Math.max(0, i - 1)]!) };
}

const bytesOf = (volume: LabelVolume) => writeNpy(volume);
const wideBytes = ({ data, shape }: LabelVolume) => writeNpy({ data: BigUint64Array.from(data, BigInt), shape });

function writeZip(path: string, entries: Readonly<Record<string, Uint8Array>>): void {
  const file = openSync(path, 'w');
  const zip = new ZipWriter({ write: (piece) => writeSync(file, piece) });
  for (const [name, bytes] of Object.entries(entries)) zip.add(name, packEntry(bytes, LEVEL));
  zip.finish();
  closeSync(file);
}

function writeTrainingSet(folder: string, { image, labels }: Tissue): string[] {
  const images = join(folder, 'task2_2D_4classtrainimages.npy');
  writeFileSync(images, bytesOf(repeat(image, SLICES.train)));
  const wide = join(folder, 'task2_2D_4classtrainlabels.npy');
  writeFileSync(wide, wideBytes(repeat(labels, SLICES.train)));
  return [images, wide];
}
