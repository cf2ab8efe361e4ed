// Scribbles as a whole: taking them all away, and as plain data for a file.
import { LabelBricks } from '../shared/label-bricks.ts';
import { NO_SCRIBBLE, putVoxels, scribblesKey, scribblesOf, type VolumeDataset } from './datasets.ts';
import { noteStep } from './history.ts';
import { bump } from './store.ts';
import { SCRIBBLES, touch } from './work.ts';

export function clearScribbles(dataset: VolumeDataset): void {
  const before = scribblesOf(dataset);
  if (!before) return;
  const empty = new LabelBricks(before.shape, NO_SCRIBBLE);
  const put = (data: LabelBricks) => {
    putVoxels(scribblesKey(dataset), data);
    touch(dataset, SCRIBBLES);
    bump(dataset.store, 'scribbles');
  };
  put(empty);
  noteStep(dataset, { name: 'Clear scribbles', undo: () => put(before), redo: () => put(empty) });
}

/** Marks along x. */
export type MarkRun = [z: number, y: number, x: number, voxels: number, label: number];

/** In the order of the voxels. */
export function scribbleRuns(scribbles: LabelBricks | undefined): MarkRun[] {
  const runs: MarkRun[] = [];
  for (const { from, to, data } of scribbles?.all() ?? []) {
    const width = to[2] - from[2];
    for (let at = 0; at < data.length; at++) {
      const label = data[at]!;
      if (label === NO_SCRIBBLE) continue;
      const line = Math.floor(at / width);
      const start = at;
      while (at + 1 < (line + 1) * width && data[at + 1] === label) at++;
      const height = to[1] - from[1];
      runs.push([
        from[0] + Math.floor(line / height),
        from[1] + (line % height),
        from[2] + (start % width),
        at - start + 1,
        label,
      ]);
    }
  }
  return joined(runs.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]));
}

/** Bricks end, marks go on. */
function joined(runs: readonly MarkRun[]): MarkRun[] {
  const whole: MarkRun[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    const goesOn = last && last[0] === run[0] && last[1] === run[1] && last[2] + last[3] === run[2] && last[4] === run[4];
    if (goesOn) last[3] += run[3];
    else whole.push([...run]);
  }
  return whole;
}

/** How many voxels of each class were scribbled. */
export function countScribbles(scribbles: LabelBricks | undefined): Map<number, number> {
  const counts = scribbles?.counts() ?? new Map<number, number>();
  counts.delete(NO_SCRIBBLE);
  return counts;
}
