// Squared Euclidean distance of every voxel [z, y, x] to the nearest voxel of a set, exactly, one axis after another (Felzenszwalb
// and Huttenlocher 2012). Units are those of `spacing`, squared; Infinity where the set is empty.

import { type Steps, within } from '../../../base/steps.ts';
import type { Triple } from '../../../base/volume.ts';
import type { FloatVolume, LabelVolume } from '../volume.ts';
import type { Membership } from './run-components.ts';

/** Distance along y and x only, each slice for itself, is asked for with a z spacing of Infinity. */
export const WITHIN_SLICE: Triple = [Infinity, 1, 1];

export function* squaredDistance({ data, shape }: LabelVolume, is: Membership, spacing: Triple = [1, 1, 1]): Steps<FloatVolume> {
  const [depth, height, width] = shape;
  const pixels = height * width;
  const out = new Float32Array(data.length);
  yield* within(alongX(data, out, width, is, spacing[2]), 0, 0.2);
  yield* within(alongAxis(out, height, width, pixels, depth, spacing[1]), 0.2, 0.6);
  if (Number.isFinite(spacing[0])) yield* within(alongAxis(out, depth, pixels, width, height, spacing[0]), 0.6, 1);
  return { data: out, shape };
}

/** Forwards and backwards along each row. */
function* alongX(data: Uint8Array, out: Float32Array, width: number, is: Membership, spacing: number): Steps<void> {
  for (let start = 0, row = 0; start < data.length; start += width, row++) {
    let away = Infinity;
    for (let i = start; i < start + width; i++) {
      away = is[data[i]!] ? 0 : away + 1;
      out[i] = away;
    }
    away = Infinity;
    for (let i = start + width - 1; i >= start; i--) {
      away = is[data[i]!] ? 0 : away + 1;
      const least = Math.min(away, out[i]!) * spacing;
      out[i] = least * least;
    }
    if (row % 1024 === 1023) yield start / data.length;
  }
}

/** Lines of `length` voxels `stride` apart, `width` of them beside each other in each of `sheets` sheets, `sheetStride` apart. */
function* alongAxis(
  out: Float32Array,
  length: number,
  stride: number,
  sheetStride: number,
  sheets: number,
  spacing: number,
): Steps<void> {
  const width = Math.min(stride, sheetStride);
  const line = new Float64Array(length);
  const envelope = makeEnvelope(length, spacing);
  for (let sheet = 0; sheet < sheets; sheet++) {
    for (let x = 0; x < width; x++) {
      const start = sheet * sheetStride + x;
      for (let i = 0; i < length; i++) line[i] = out[start + i * stride]!;
      envelope(line);
      for (let i = 0; i < length; i++) out[start + i * stride] = line[i]!;
    }
    yield (sheet + 1) / sheets;
  }
}

/** Replaces f(i) by the least of f(j) + (spacing · (i − j))²: the lower envelope of parabolas. */
function makeEnvelope(length: number, spacing: number): (line: Float64Array) => void {
  const at = new Int32Array(length);
  const value = new Float64Array(length);
  const from = new Float64Array(length + 1);
  const square = spacing * spacing;
  return (line) => {
    let last = -1;
    for (let i = 0; i < length; i++) {
      const f = line[i]!;
      if (f === Infinity) continue;
      let start = -Infinity;
      for (; last >= 0; last--) {
        const j = at[last]!;
        start = (f - value[last]! + square * (i * i - j * j)) / (2 * square * (i - j));
        if (start > from[last]!) break;
        start = -Infinity;
      }
      last++;
      at[last] = i;
      value[last] = f;
      from[last] = start;
    }
    if (last < 0) return;
    for (let i = 0, k = 0; i < length; i++) {
      while (k < last && from[k + 1]! < i) k++;
      const away = i - at[k]!;
      line[i] = value[k]! + square * away * away;
    }
  };
}
