// Painting labels [z, y, x]: a stroke writes one value into voxels and remembers what was there, as runs of neighbouring voxels, so
// that it can be taken back and done again. Erasing is painting 0.
import type { LabelVolume } from '../volume.ts';

/** Runs of voxels along x whose label changed from one value to another. */
export interface LabelPatch {
  /** (z · height + y) · width + x of the first voxel of each run. */
  readonly start: Float64Array<ArrayBuffer>;
  readonly length: Uint32Array<ArrayBuffer>;
  readonly before: Uint8Array<ArrayBuffer>;
  readonly after: Uint8Array<ArrayBuffer>;
}

export interface Stroke {
  readonly labels: LabelVolume;
  /** Paints `count` voxels from `start` on. */
  paint(start: number, count: number): void;
  /** What the stroke changed; an empty patch where it changed nothing. */
  finish(): LabelPatch;
}

/** `over` (256 flags) limits the stroke to voxels of these labels. */
export function beginStroke(labels: LabelVolume, value: number, over?: Uint8Array): Stroke {
  const { data } = labels;
  const starts: number[] = [];
  const lengths: number[] = [];
  const before: number[] = [];
  return {
    labels,
    paint(start, count) {
      for (let i = start; i < start + count; i++) {
        const old = data[i]!;
        if (old === value || (over && !over[old])) continue;
        data[i] = value;
        const last = starts.length - 1;
        if (last >= 0 && before[last] === old && starts[last]! + lengths[last]! === i) lengths[last]!++;
        else {
          starts.push(i);
          lengths.push(1);
          before.push(old);
        }
      }
    },
    finish: () => ({
      start: Float64Array.from(starts),
      length: Uint32Array.from(lengths),
      before: Uint8Array.from(before),
      after: new Uint8Array(starts.length).fill(value),
    }),
  };
}

/** Takes a patch back or does it again. Patches are to be undone in the opposite order of their making. */
export function applyPatch(
  { data }: LabelVolume,
  { start, length, before, after }: LabelPatch,
  direction: 'undo' | 'redo',
): void {
  const value = direction === 'undo' ? before : after;
  for (let k = 0; k < start.length; k++) data.fill(value[k]!, start[k]!, start[k]! + length[k]!);
}

export function patchVoxels({ length }: LabelPatch): number {
  return length.reduce((sum, count) => sum + count, 0);
}

/** The patch that turns one label volume into another of the same shape: a segmentation is undone like a stroke. */
export function patchBetween(from: Uint8Array, to: Uint8Array): LabelPatch {
  const [start, length, before, after]: number[][] = [[], [], [], []];
  for (let i = 0; i < from.length; ) {
    if (from[i] === to[i]) {
      i++;
      continue;
    }
    const first = i;
    while (i < from.length && from[i] === from[first] && to[i] === to[first]) i++;
    start!.push(first);
    length!.push(i - first);
    before!.push(from[first]!);
    after!.push(to[first]!);
  }
  return {
    start: Float64Array.from(start!),
    length: Uint32Array.from(length!),
    before: Uint8Array.from(before!),
    after: Uint8Array.from(after!),
  };
}
