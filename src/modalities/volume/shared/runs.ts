// Voxels as runs: how many of one value follow each other, in the order of the array. Labels and marks come in runs, so that a volume of
// megabytes is kept in kilobytes.
import { SomascopeError } from '../../../base/errors.ts';
import type { LabelArray } from './types.ts';

export interface Runs {
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** As many as `lengths`; of the type that the voxels have. */
  readonly values: LabelArray;
}

/** The voxels from … to, half-open. */
export function packRuns(data: LabelArray, from: number, to: number): Runs {
  let count = 0;
  for (let i = from; i < to; i++) if (i === from || data[i] !== data[i - 1]) count++;
  const lengths = new Uint32Array(count);
  const values = sameKind(data, count);
  let run = -1;
  for (let i = from; i < to; i++) {
    if (i === from || data[i] !== data[i - 1]) values[++run] = data[i]!;
    lengths[run]!++;
  }
  return { lengths, values };
}

/** Runs of stretches that follow each other. */
export function joinRuns(parts: readonly Runs[]): Runs {
  const count = parts.reduce((sum, { lengths }) => sum + lengths.length, 0);
  const lengths = new Uint32Array(count);
  const values = parts[0] ? sameKind(parts[0].values, count) : new Uint8Array(0);
  let at = 0;
  for (const part of parts) {
    lengths.set(part.lengths, at);
    values.set(part.values, at);
    at += part.lengths.length;
  }
  return { lengths, values };
}

/** The voxels again; throws `Invalid` for anything that is not runs of just so many voxels. */
export function unpackRuns(runs: unknown, voxels: number): LabelArray {
  const { lengths, values } = typeof runs === 'object' && runs !== null ? (runs as Partial<Runs>) : {};
  if (!(lengths instanceof Uint32Array) || !isLabels(values) || values.length !== lengths.length)
    throw invalidRuns('runs without their lengths or values');
  const sum = lengths.reduce((total, length) => total + length, 0);
  if (sum !== voxels) throw invalidRuns(`runs of ${sum} voxels, and the volume has ${voxels}`);
  const data = sameKind(values, voxels);
  let at = 0;
  for (const [i, length] of lengths.entries()) {
    data.fill(values[i]!, at, at + length);
    at += length;
  }
  return data;
}

function isLabels(values: unknown): values is LabelArray {
  return values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Uint32Array;
}

function sameKind(like: LabelArray, length: number): LabelArray {
  if (like instanceof Uint8Array) return new Uint8Array(length);
  return like instanceof Uint16Array ? new Uint16Array(length) : new Uint32Array(length);
}

export function invalidRuns(why: string): SomascopeError {
  return new SomascopeError(
    'Invalid',
    `What was saved of the labels cannot be used: ${why}.`,
    {},
    'What is open stays as it is.',
  );
}
