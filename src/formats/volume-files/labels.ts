// What a file's numbers are as labels: whole numbers from 0 up, in the narrowest unsigned type, numbered anew where the file follows
// another convention. Boxes are [z, y, x] in voxels, half-open.
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { extentOf, type Triple, voxelsOf } from '../../base/volume.ts';
import type { VolumeReader } from '../volume.ts';

export type LabelArray = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Stands for a label that does not fit into 32 bits. */
export const UNFIT = 0xffffffff;

interface Part {
  readonly name: string;
  /** Of the whole volume. */
  readonly shape: Triple;
  readonly from: Triple;
  readonly to: Triple;
}

/** The largest label of a box, and how many do not fit. Throws `Invalid` for the first that is no whole number from 0 up. */
export function checkLabels(data: NumericArray, { name, shape, from, to }: Part): { largest: number; unfit: number } {
  let largest = 0;
  let unfit = 0;
  if (data instanceof Uint8Array || data instanceof Uint16Array) {
    for (let i = 0; i < data.length; i++) if (data[i]! > largest) largest = data[i]!;
    return { largest, unfit };
  }
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value >= 0 && Number.isInteger(value)) {
      if (value > largest) largest = value;
      if (value >= UNFIT) unfit++;
      continue;
    }
    const [, height, width] = extentOf(from, to);
    const row = Math.floor(i / width);
    const [z, y, x] = [from[0] + Math.floor(row / height), from[1] + (row % height), from[2] + (i % width)];
    const message = `${value} at z ${z}, y ${y}, x ${x} is no label: labels are whole numbers from 0 up.`;
    const hint = 'Open the file as an image, or save the labels as uint8 (numpy: labels.astype("uint8")).';
    throw new SomascopeError('Invalid', message, { file: name, index: (z * shape[1] + y) * shape[2] + x }, hint);
  }
  return { largest: Math.min(largest, UNFIT), unfit };
}

/** Copies labels into `out` from `at` on; `unfit`: how many of them do not fit. */
export function setLabels(out: LabelArray, at: number, data: NumericArray, unfit: number): void {
  if (unfit === 0) out.set(data, at);
  else for (let i = 0; i < data.length; i++) out[at + i] = Math.min(data[i]!, UNFIT);
}

/** The same labels in the narrowest type that holds `largest`. */
export function narrowLabels(data: NumericArray, { largest, unfit }: { largest: number; unfit: number }): LabelArray {
  const make = largest > 0xffff ? Uint32Array : largest > 0xff ? Uint16Array : Uint8Array;
  const out = new make(data.length);
  setLabels(out, 0, data, unfit);
  return out;
}

export interface LabelsWanted {
  /** Planes that there should be: what the file lacks of them is background. */
  readonly depth: number;
  /** 256 labels for those of the file; null: they stay as they are. */
  readonly table: Uint8Array | null;
}

/** The reader's boxes as labels, each in the narrowest type that holds it. They throw what `checkLabels` throws. */
export function asLabels(reader: VolumeReader, { depth, table }: LabelsWanted): VolumeReader {
  const [own, height, width] = reader.shape;
  return {
    ...reader,
    shape: [depth, height, width],
    dtype: 'uint32',
    kindHint: 'labels',
    readBox: async (from, to, signal) => {
      const last = Math.min(own, to[0]);
      if (from[0] >= last) return new Uint8Array(voxelsOf(extentOf(from, to)));
      const end: Triple = [last, to[1], to[2]];
      const data = await reader.readBox(from, end, signal);
      const labels =
        data instanceof Uint8Array
          ? (data as Uint8Array<ArrayBuffer>)
          : narrowLabels(data, checkLabels(data, { name: reader.name, shape: reader.shape, from, to: end }));
      if (table) for (let i = 0; i < labels.length; i++) if (labels[i]! < table.length) labels[i] = table[labels[i]!]!;
      if (last === to[0]) return labels;
      const out = new (labels.constructor as new (length: number) => LabelArray)(voxelsOf(extentOf(from, to)));
      out.set(labels);
      return out;
    },
    ...(reader.levels && own === depth && { levels: reader.levels.map((one) => asLabels(one, { depth: one.shape[0], table })) }),
  };
}
