// CaImAn's contours as JSON: the list of get_contours, [{"coordinates": [[NaN, NaN], [x, y], …, [NaN, NaN], …], "CoM": [row, column],
// "neuron_id": 1}, …]. Pairs are column before row, whole numbers at pixel centres, and NaN (read as null) stands between parts.
// Source: caiman/utils/visualization.py, get_contours.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import { isRecord } from '../neurofinder/json.ts';
import { REGION_LIMIT } from '../neurofinder/regions.ts';

export interface CaimanContours {
  /** Per cell its closed parts (row, column, row, column …) in pixel edges: pixel (r, c) covers [r, r+1) × [c, c+1). */
  readonly cells: readonly (readonly Float64Array<ArrayBuffer>[])[];
  /** `neuron_id`, else the position in the file. */
  readonly ids: readonly (number | string)[];
  readonly bad: readonly { readonly index: number; readonly reason: string }[];
  /** Pairs are row before column in this file: its centres say so. */
  readonly rowFirst: boolean;
}

/** The list of contours in a parsed file, else null: plain lists of pixels have neither NaN nor a centre. */
export function findContours(value: unknown): readonly Readonly<Record<string, unknown>>[] | null {
  const list = isRecord(value) && Array.isArray(value['contours']) ? value['contours'] : value;
  if (!Array.isArray(list) || list.length === 0) return null;
  const items: readonly unknown[] = list;
  const records = items.filter((item): item is Readonly<Record<string, unknown>> => isRecord(item) && 'coordinates' in item);
  if (records.length !== items.length) return null;
  return records.some((item) => 'CoM' in item || 'neuron_id' in item || hasGap(item['coordinates'])) ? records : null;
}

const isGap = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair[0] === null && pair[1] === null;
const hasGap = (coordinates: unknown) => Array.isArray(coordinates) && coordinates.some(isGap);

/** `oneBased`: rows and columns count from one, as in Matlab. Throws Unsafe above 20,000 cells. */
export function readContours(
  list: readonly Readonly<Record<string, unknown>>[],
  place: ErrorPlace,
  { oneBased = false } = {},
): CaimanContours {
  if (list.length > REGION_LIMIT) {
    const message = `It holds ${grouped(list.length)} contours; the limit is ${grouped(REGION_LIMIT)}.`;
    throw new SomascopeError('Unsafe', message, place);
  }
  const parsed = list.map(({ coordinates }) => partsOf(coordinates));
  const rowFirst = isRowFirst(list, parsed);
  const cells: Float64Array<ArrayBuffer>[][] = [];
  const ids: (number | string)[] = [];
  const bad: { index: number; reason: string }[] = [];
  parsed.forEach((parts, index) => {
    if (typeof parts === 'string') bad.push({ index, reason: parts });
    else {
      const id = list[index]!['neuron_id'];
      cells.push(parts.map((part) => edges(part, rowFirst, oneBased ? -0.5 : 0.5)));
      ids.push(typeof id === 'number' || typeof id === 'string' ? id : index);
    }
  });
  return { cells, ids, bad, rowFirst };
}

/** Numbers of the closed parts in the order of the file, or why there are none. */
function partsOf(coordinates: unknown): number[][] | string {
  if (!Array.isArray(coordinates)) return 'has no list of coordinates';
  const pairs: readonly unknown[] = coordinates;
  const parts: number[][] = [[]];
  for (const [i, pair] of pairs.entries()) {
    if (isGap(pair)) {
      parts.push([]);
      continue;
    }
    const [a, b] = Array.isArray(pair) && pair.length === 2 ? (pair as readonly unknown[]) : [];
    if (typeof a !== 'number' || typeof b !== 'number' || !Number.isFinite(a) || !Number.isFinite(b)) {
      return Array.isArray(pair) && Array.isArray(pair[0])
        ? 'has a contour in each plane of a volume'
        : `has no pair of numbers as point ${i}`;
    }
    parts.at(-1)!.push(a, b);
  }
  const areas = parts.filter(({ length }) => length >= 6);
  return areas.length > 0 ? areas : 'has no contour of three points';
}

/** Whether the middles of the contours agree better with CoM [row, column] as they are than turned. */
function isRowFirst(list: readonly Readonly<Record<string, unknown>>[], parsed: readonly (number[][] | string)[]): boolean {
  let asIs = 0;
  let turned = 0;
  parsed.forEach((parts, i) => {
    const centre = list[i]!['CoM'];
    if (typeof parts === 'string' || !Array.isArray(centre)) return;
    const [row, col] = centre as readonly unknown[];
    if (typeof row !== 'number' || typeof col !== 'number') return;
    const [first, second] = middle(parts);
    asIs += Math.hypot(first - row, second - col);
    turned += Math.hypot(second - row, first - col);
  });
  return asIs < turned;
}

function middle(parts: readonly number[][]): [number, number] {
  let [a, b, count] = [0, 0, 0];
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) {
      a += part[i]!;
      b += part[i + 1]!;
      count++;
    }
  }
  return [a / count, b / count];
}

/** Row before column; `shift` leads from pixel centres to pixel edges. */
function edges(part: readonly number[], rowFirst: boolean, shift: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(part, (_, i) => part[rowFirst ? i : i ^ 1]! + shift);
}
