// Scribbles as a whole: taking them all away, and as plain data for a file.
import { resources } from '../../../state/resources.ts';
import { NO_SCRIBBLE, scribblesKey, scribblesOf, type VolumeDataset } from './datasets.ts';
import { noteStep } from './history.ts';
import { bump } from './store.ts';
import { SCRIBBLES, touch } from './work.ts';

export function clearScribbles(dataset: VolumeDataset): void {
  const before = scribblesOf(dataset);
  if (!before) return;
  const empty = new Uint8Array(before.length).fill(NO_SCRIBBLE);
  const put = (data: Uint8Array<ArrayBuffer>) => {
    resources.put(scribblesKey(dataset), data, data.byteLength, true);
    touch(dataset, SCRIBBLES);
    bump(dataset.store, 'scribbles');
  };
  put(empty);
  noteStep(dataset, { name: 'Clear scribbles', undo: () => put(before), redo: () => put(empty) });
}

/** Runs of marks along x: [z, y, first x, voxels, class], in the file's axes. */
export function scribbleRuns(dataset: VolumeDataset): number[][] {
  const data = scribblesOf(dataset);
  if (!data) return [];
  const [, height, width] = dataset.shape;
  const runs: number[][] = [];
  for (let at = 0; at < data.length; at++) {
    const label = data[at]!;
    if (label === NO_SCRIBBLE) continue;
    const start = at;
    const end = (Math.floor(at / width) + 1) * width;
    while (at + 1 < end && data[at + 1] === label) at++;
    const line = Math.floor(start / width);
    runs.push([Math.floor(line / height), line % height, start % width, at - start + 1, label]);
  }
  return runs;
}
