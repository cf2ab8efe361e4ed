// The activity search on a band of rows: greedy peeling. Take the pixel with the most energy, grow the cell that holds it,
// subtract the cell from both movies, repeat. Candidates are not yet judged; see believe.ts.
import { release } from '../../../base/release.ts';
import { type Steps, within } from '../../../base/steps.ts';
import { type BandMovies, type MovieField, makeBandMovies, toStored, UNITS } from './band-movies.ts';
import type { Band } from './bands.ts';
import { type EnergyMap, makeEnergyMap } from './energy-map.ts';
import { type BandPass, bandPass, makeBandPass } from './frame-filters.ts';
import { type Footprint, grow } from './grow.ts';

/** Candidates whose centre lies in the core rows, in the order they were peeled. */
export interface ActivityCandidates {
  /** Centre, px: mean row and column of the pixels. */
  readonly row: Float64Array<ArrayBuffer>;
  readonly col: Float64Array<ArrayBuffer>;
  /** Energy of the seed (noise units squared) and largest value of the trace (noise units). */
  readonly energy: Float64Array<ArrayBuffer>;
  readonly peak: Float64Array<ArrayBuffer>;
  /** Mean distance of the pixels from the centre, over that of a disc of the same area. */
  readonly spread: Float64Array<ArrayBuffer>;
  /** Pixels of candidate i, row · width + column of the field: pixels[starts[i]] … pixels[starts[i + 1] − 1]. */
  readonly pixels: Int32Array<ArrayBuffer>;
  readonly starts: Int32Array<ArrayBuffer>;
  /** Median of the energy map before peeling, at least 0.02 a bin. */
  readonly medianEnergy: number;
  readonly coreRows: number;
  /** Energy of the core rows before peeling, [row, column], noise units squared. */
  readonly energyMap: Float32Array<ArrayBuffer>;
}

/** Peeling stops at this many times the distance from the 10th percentile to the median of the energy. */
const STOP = 3;
const DENSEST = 0.35;
const FEWEST_PIXELS = 6;
/** What is subtracted: the trace above this many noise units. */
const PEELED = 1.5;
const NEGLIGIBLE_WEIGHT = 1e-3;
const NEGLIGIBLE_TRACE = 0.02;
const FEWEST_BINS = 4;

/** The share of the work on a band that goes into its movies. */
const MOVIES_SHARE = 0.7;

/** The candidates of a band. `rows` holds uint16 [bin, row of the band, column], and is emptied; `radius` px. */
export function* activityBand(
  rows: { data: Uint16Array<ArrayBuffer> },
  band: Band,
  field: MovieField,
  radius: number,
): Steps<ActivityCandidates> {
  const movies = yield* within(makeBandMovies(rows.data, band, field, radius), 0, MOVIES_SHARE);
  // Peeling has no use for the rows.
  rows.data = new Uint16Array(0);
  const found = yield* within(peelBand(movies, band, field, radius), MOVIES_SHARE, 1);
  release(movies.local, movies.matched);
  return found;
}

/** Uses the movies up. */
function* peelBand(movies: BandMovies, band: Band, field: MovieField, radius: number): Steps<ActivityCandidates> {
  const core = new Float32Array(band.coreRows * field.width);
  if (field.bins < FEWEST_BINS) return collect([], band, field, 0, core);
  const map = yield* within(makeEnergyMap(movies), 0, 0.05);
  const skipped = (band.coreFirst - movies.firstRow) * movies.width;
  for (let i = 0; i < core.length; i++) core[i] = map.energy[skipped + i]! / UNITS ** 2;
  // A band without a living pixel has nothing to find.
  if (map.sorted.length === 0) return collect([], band, field, 0, core);
  const [low, median] = [percentile(map.sorted, 0.1), percentile(map.sorted, 0.5)];
  const least = low + STOP * (median - low);
  const limit = Math.floor((DENSEST * movies.rows * movies.width) / (Math.PI * radius * radius));
  const pass = makeBandPass(radius);
  const found: Found[] = [];
  for (let n = 0; n < limit; n++) {
    const seed = map.find();
    if (seed < 0 || map.energy[seed]! < least) break;
    const energy = map.energy[seed]!;
    const row = Math.floor(seed / movies.width);
    const col = seed % movies.width;
    const start = Float32Array.from(
      movies.matched.subarray(seed * movies.bins, (seed + 1) * movies.bins),
      (value) => value / UNITS,
    );
    const footprint = grow(movies, row, col, start, radius);
    map.retire(row, col);
    if (footprint && footprint.mask.reduce((sum, inside) => sum + inside, 0) >= FEWEST_PIXELS) {
      found.push({ footprint, firstRow: movies.firstRow, energy: energy / UNITS ** 2 });
      peel(movies, map, footprint, pass, Math.floor(3 * radius));
    }
    yield 0.05 + (0.95 * n) / limit;
  }
  return collect(found, band, field, median / UNITS ** 2, core);
}

interface Found {
  readonly footprint: Footprint;
  readonly firstRow: number;
  readonly energy: number;
}

/** Takes trace × footprint from the local movie, and what the filters make of it from the matched movie. */
function peel(movies: BandMovies, map: EnergyMap, footprint: Footprint, pass: BandPass, reach: number): void {
  const { top, left, height, width, weights, trace } = footprint;
  const high = trace.map((value) => (value > PEELED ? value : 0));
  const highs = sparse(high, 0);
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    const origin = ((top + Math.floor(i / width)) * movies.width + left + (i % width)) * movies.bins;
    const factor = weights[i]! * UNITS;
    for (let k = 0; k < highs.bins.length; k++) {
      const at = origin + highs.bins[k]!;
      movies.local[at] = toStored(movies.local[at]! - factor * highs.values[k]!);
    }
  }
  const gain = Math.sqrt(1 - movies.decay * movies.decay);
  let state = 0;
  const tails = sparse(
    high.map((value) => (state = movies.decay * state + gain * value)),
    NEGLIGIBLE_TRACE,
  );
  const rowFrom = Math.max(0, top - reach);
  const rowTo = Math.min(movies.rows, top + height + reach);
  const colFrom = Math.max(0, left - reach);
  const cols = Math.min(movies.width, left + width + reach) - colFrom;
  const foot = new Float32Array((rowTo - rowFrom) * cols);
  for (let y = 0; y < height; y++)
    foot.set(weights.subarray(y * width, (y + 1) * width), (top + y - rowFrom) * cols + left - colFrom);
  const response = bandPass(foot, rowTo - rowFrom, cols, pass);
  for (let i = 0; i < response.length; i++) {
    if (Math.abs(response[i]!) < NEGLIGIBLE_WEIGHT) continue;
    map.subtract((rowFrom + Math.floor(i / cols)) * movies.width + colFrom + (i % cols), response[i]!, tails.bins, tails.values);
  }
  map.refreshRows(rowFrom, rowTo);
}

/** The bins at which a trace exceeds `least`, and its values there. */
function sparse(trace: Float32Array, least: number): { bins: Int32Array; values: Float32Array } {
  const bins = Int32Array.from([...trace.keys()].filter((t) => trace[t]! > least));
  return { bins, values: Float32Array.from(bins, (t) => trace[t]!) };
}

function collect(
  found: readonly Found[],
  band: Band,
  { width, bins }: MovieField,
  median: number,
  energyMap: Float32Array<ArrayBuffer>,
): ActivityCandidates {
  const measured = found
    .map(({ footprint, firstRow, energy }) => ({ energy, ...measure(footprint, firstRow, width) }))
    .filter(({ row }) => row >= band.coreFirst - 0.5 && row < band.coreFirst + band.coreRows - 0.5);
  const numbers = (key: 'row' | 'col' | 'energy' | 'peak' | 'spread') =>
    Float64Array.from(measured, (candidate) => candidate[key]);
  const starts = new Int32Array(measured.length + 1);
  for (const [i, { pixels }] of measured.entries()) starts[i + 1] = starts[i]! + pixels.length;
  return {
    row: numbers('row'),
    col: numbers('col'),
    energy: numbers('energy'),
    peak: numbers('peak'),
    spread: numbers('spread'),
    pixels: Int32Array.from(measured.flatMap(({ pixels }) => pixels)),
    starts,
    medianEnergy: Math.max(median, 0.02 * bins),
    coreRows: band.coreRows,
    energyMap,
  };
}

function measure({ top, left, width, mask, trace }: Footprint, firstRow: number, fieldWidth: number) {
  const inside = [...mask.keys()].filter((i) => mask[i]);
  const rows = inside.map((i) => firstRow + top + Math.floor(i / width));
  const cols = inside.map((i) => left + (i % width));
  const n = inside.length;
  const row = rows.reduce((sum, y) => sum + y, 0) / n;
  const col = cols.reduce((sum, x) => sum + x, 0) / n;
  const reach = rows.reduce((sum, y, i) => sum + Math.hypot(y - row, cols[i]! - col), 0) / n;
  const peak = trace.reduce((largest, value) => Math.max(largest, value), 0);
  return {
    row,
    col,
    peak,
    spread: reach / ((2 / 3) * Math.sqrt(n / Math.PI)),
    pixels: rows.map((y, i) => y * fieldWidth + cols[i]!),
  };
}

/** Linear interpolation between order statistics, as numpy does. */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
