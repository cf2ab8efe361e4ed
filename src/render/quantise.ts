// Planes as codes that a texture holds exactly. 8- and 16-bit samples are their own codes; wider ones become 16-bit codes over
// their range, with the affine map value = code × scale + offset, so that contrast limits stay in data units.
import type { NumericArray, Plane } from '../base/ndarray.ts';

export type CodeArray = Int8Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Int16Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

export interface CodedPlane extends Plane<CodeArray> {
  readonly scale: number;
  readonly offset: number;
  /** The code of a missing value, or null where none can be missing. */
  readonly missing: number | null;
}

export const MISSING_CODE = 65535;
const TOP = 65534;

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Smallest and largest finite value; 0 and 0 where there is none. */
function rangeOf(data: NumericArray): Range {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

/**
 * 16-bit codes over `range` (the plane's own finite range by default; values outside it take its ends, as infinities do).
 * NaN becomes `MISSING_CODE`. Integers that span at most 65,534 keep every value; else the step is (max − min) / 65,534.
 */
export function quantise({ data, height, width }: Plane, range: Range = rangeOf(data)): CodedPlane {
  const { min, max } = range;
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  const exact = !isFloat && Number.isInteger(min) && max - min <= TOP;
  const scale = exact || max === min ? 1 : max / TOP - min / TOP;
  const codes = new Uint16Array(data.length);
  const shift = min / scale;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    codes[i] = Number.isNaN(value) ? MISSING_CODE : Math.min(TOP, Math.max(0, Math.round(value / scale - shift)));
  }
  return { data: codes, height, width, scale, offset: min, missing: isFloat ? MISSING_CODE : null };
}

/** Any plane as codes: 8- and 16-bit ones without a copy, the others through `quantise`. */
export function codesOf(plane: Plane): CodedPlane {
  const { data, height, width } = plane;
  if (data instanceof Uint16Array || data instanceof Int16Array || data instanceof Uint8Array || data instanceof Int8Array) {
    return { data, height, width, scale: 1, offset: 0, missing: null };
  }
  return quantise(plane);
}

/** The value at a code's place in data units, NaN where it is missing. */
export function valueAt(plane: CodedPlane, row: number, col: number): number {
  const code = plane.data[row * plane.width + col];
  return code === undefined || code === plane.missing ? Number.NaN : code * plane.scale + plane.offset;
}
