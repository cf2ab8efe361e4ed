// regions/regions.json (or sources/sources.json): lists of {"coordinates": [[row, column], …]}, 0-based, `id` optional.
// Other people's variants are read too; regions that cannot be used are listed with index and reason, the good ones are kept.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import type { Region } from '../../base/region.ts';
import { describeJson, isRecord, parseJson } from './json.ts';
import { findOutside, type PointOptions, readPoints } from './points.ts';

export interface RegionOptions extends PointOptions {
  readonly place?: ErrorPlace;
  readonly regionLimit?: number;
}

export interface BadRegion {
  /** Position in the file. */
  readonly index: number;
  /** To follow "region 3 ". */
  readonly reason: string;
}

type Looks = Pick<RegionSet, 'looksExchanged' | 'looksOneBased'>;

export type RegionId = string | number | null;

export interface RegionSet {
  readonly regions: readonly Region[];
  /** Per region its `id`, or null. */
  readonly ids: readonly RegionId[];
  /** Per region its position in the file, which differs from its index where there are bad ones. */
  readonly positions: Int32Array<ArrayBuffer>;
  readonly bad: readonly BadRegion[];
  readonly warnings: readonly string[];
  /** Some pixels leave the image, and with rows and columns exchanged none would. */
  readonly looksExchanged: boolean;
  /** Some pixels leave the image by one, and counted from 1 (Matlab) none would. */
  readonly looksOneBased: boolean;
  /** How many regions leave the image. */
  readonly outside: number;
  /** Rows and columns of the smallest image that holds every region which could be read. */
  readonly reach: { readonly height: number; readonly width: number };
}

export const REGION_LIMIT = 20_000;
const HINT = 'Expected is a list of {"coordinates": [[row, column], …]}.';

/** Reads text, bytes or a parsed value. Throws Invalid (naming what was found) where there is no list of regions at all, CutOff or
 *  Invalid for broken JSON, Unsafe above the limits. */
export function readRegions(source: unknown, options: RegionOptions = {}): RegionSet {
  const place = options.place ?? {};
  const value = typeof source === 'string' || source instanceof Uint8Array ? parseJson(source, place) : source;
  const list = findRegionList(value);
  if (list) return collectRegions(list, options);
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  const detail = isRecord(first) ? `; region 0 has no "coordinates": it is ${describeJson(first)}` : '';
  const at = isRecord(first) ? { ...place, index: 0 } : place;
  throw new SomascopeError('Invalid', `There are no regions here: found ${describeJson(value)}${detail}.`, at, HINT);
}

/** The list of regions in a value: an array, the value of `regions` or `sources`, a single region, a bare list of pixels, or any of
 *  these in the single-key wrapper that Matlab's jsonlab writes. Null where there is none. */
export function findRegionList(value: unknown, depth = 0): readonly unknown[] | null {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    if (isPixelList(list)) return [list];
    const plausible = list.length === 0 || list.some((item) => looksLikeRegion(item));
    return plausible ? list : null;
  }
  if (!isRecord(value) || depth > 2) return null;
  if ('coordinates' in value) return [value];
  const key = ['regions', 'sources'].find((name) => name in value);
  if (key !== undefined) {
    const inner = value[key];
    if (Array.isArray(inner)) return isPixelList(inner) ? [inner] : inner;
    return isRecord(inner) ? (findRegionList(inner, depth + 1) ?? [inner]) : null;
  }
  const values = Object.values(value);
  const wrapped = values.length === 1 ? findRegionList(values[0], depth + 1) : null;
  return wrapped && wrapped.length > 0 ? wrapped : null;
}

const looksLikeRegion = (item: unknown) => (isRecord(item) ? 'coordinates' in item : Array.isArray(item) && isPixelList(item));

/** [[row, column], …]: pixels of one region without any object around them. */
function isPixelList(list: readonly unknown[]): boolean {
  const first = list[0];
  return Array.isArray(first) && first.length > 0 && typeof first[0] === 'number';
}

/** Reads every region of a list; the bad ones are listed, the good ones kept. Throws Unsafe above the limit. */
export function collectRegions(list: readonly unknown[], options: RegionOptions): RegionSet {
  const limit = options.regionLimit ?? REGION_LIMIT;
  if (list.length > limit) {
    const counts = `${grouped(list.length)} regions; the limit is ${grouped(limit)}`;
    throw new SomascopeError('Unsafe', `The list holds ${counts}.`, options.place ?? {}, 'Split it into one file per data set.');
  }
  const regions: Region[] = [];
  const ids: RegionId[] = [];
  const positions: number[] = [];
  const bad: BadRegion[] = [];
  const fractional: number[] = [];
  const readable: Region[] = [];
  let leaving = 0;
  list.forEach((item, index) => {
    const region = readRegion(item, options);
    if (typeof region === 'string') {
      bad.push({ index, reason: region });
      return;
    }
    readable.push(region);
    const outside = findOutside(region, options);
    if (outside !== null) {
      leaving++;
      bad.push({ index, reason: outside });
      return;
    }
    if (!region.points.every(Number.isInteger)) fractional.push(index);
    const id = isRecord(item) ? item.id : null;
    regions.push(region);
    ids.push(typeof id === 'string' || typeof id === 'number' ? id : null);
    positions.push(index);
  });
  const looks = suspectCoordinates(readable, options);
  const warnings = warningsOf(list.length, bad, fractional, looks);
  const reach = reachOf(readable);
  return { regions, ids, positions: Int32Array.from(positions), bad, warnings, ...looks, outside: leaving, reach };
}

/** Rows and columns of the smallest image that holds all these regions. */
export function reachOf(regions: readonly Region[]): { readonly height: number; readonly width: number } {
  let [row, col] = [-1, -1];
  for (const { points, dims } of regions) {
    for (let i = 0; i + 1 < points.length; i += dims) {
      row = Math.max(row, points[i]!);
      col = Math.max(col, points[i + 1]!);
    }
  }
  return { height: Math.floor(row) + 1, width: Math.floor(col) + 1 };
}

function readRegion(item: unknown, options: RegionOptions): Region | string {
  if (Array.isArray(item)) return readPoints(item, options);
  if (!isRecord(item)) return `is ${describeJson(item)} instead of an object`;
  if (!('coordinates' in item)) return `has no "coordinates": it is ${describeJson(item)}`;
  return readPoints(item.coordinates, options);
}

/** Whether coordinates that leave the image would fit exchanged, or counted from one. */
export function suspectCoordinates(regions: readonly Region[], { height, width }: Pick<PointOptions, 'height' | 'width'>): Looks {
  const nothing = { looksExchanged: false, looksOneBased: false };
  if (height === undefined || width === undefined || regions.length === 0) return nothing;
  let [lowRow, lowCol, highRow, highCol] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points, dims } of regions) {
    if (dims !== 2) return nothing;
    for (let i = 0; i < points.length; i += 2) {
      lowRow = Math.min(lowRow, points[i]!);
      highRow = Math.max(highRow, points[i]!);
      lowCol = Math.min(lowCol, points[i + 1]!);
      highCol = Math.max(highCol, points[i + 1]!);
    }
  }
  if (lowRow >= 0 && lowCol >= 0 && highRow < height && highCol < width) return nothing;
  const looksOneBased = lowRow >= 1 && lowCol >= 1 && highRow < height + 1 && highCol < width + 1;
  const looksExchanged = !looksOneBased && lowRow >= 0 && lowCol >= 0 && highRow < width && highCol < height;
  return { looksExchanged, looksOneBased };
}

function warningsOf(count: number, bad: readonly BadRegion[], fractional: readonly number[], looks: Looks): string[] {
  const warnings: string[] = [];
  if (count === 0) warnings.push('The list of regions is empty.');
  if (bad.length > 0) {
    const { index, reason } = bad[0]!;
    warnings.push(`${bad.length} of ${count} regions were left out; the first: region ${index} ${reason}.`);
  }
  if (fractional.length > 0)
    warnings.push(`Fractional coordinates in ${fractional.length} of ${count} regions; the first is region ${fractional[0]}.`);
  if (looks.looksExchanged) warnings.push('All pixels lie in the image when rows and columns are exchanged.');
  if (looks.looksOneBased) warnings.push('All pixels lie in the image when coordinates count from one, as Matlab does.');
  return warnings;
}
