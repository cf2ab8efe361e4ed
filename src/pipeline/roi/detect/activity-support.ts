// What the activity of a place says of a ring seen there. The energy of the movie (see energy-map.ts) at places without rings is the
// null; how the energies of the sure rings lie among them tells how much likelier each level is for a cell of this movie. Where
// few cells are active nothing follows from silence; where nearly all are, a silent ring is likely texture.
import type { ActivityCandidates } from './activity-band.ts';
import { nearest, type Places } from './disc.ts';
import { discoveries, poolAdjacentViolators } from './fdr.ts';

export interface ActivitySupport {
  /** Per hit: how much likelier its energy is for a sure ring than for a place without one. */
  readonly likelihood: Float64Array<ArrayBuffer>;
  /** Per hit: probability that a cell there is active, 0…1. */
  readonly active: Float64Array<ArrayBuffer>;
}

/** Levels of energy: shares of the null places that have more, finer where cells are. */
const LEVELS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 1];
/** Sure rings, and all that may be rings, by tail rate. */
const SURE_RATE = 0.1;
const POSSIBLE_RATE = 0.5;
/** The energy of a place is the largest within this many radii; null places are this many radii from every possible ring. */
const REACH = 0.5;
const AWAY = 1.7;
/** Rings of no opinion that are added to the sure ones. */
const PRIOR = 2;
const FEWEST_NULLS = 20;

/** Hits in rank order with their tail rates; null where activity was not searched or leaves no null. */
export function activitySupport(
  bands: readonly ActivityCandidates[],
  hits: Places & { readonly tail: Float64Array },
  { height, width, radius }: { height: number; width: number; radius: number },
): ActivitySupport | null {
  if (bands.length === 0) return null;
  const energyAt = makeEnergyAt(bands, height, width, Math.max(1, Math.round(REACH * radius)));
  const possible = discoveries(hits.tail, POSSIBLE_RATE);
  const step = Math.ceil(radius);
  const nulls: number[] = [];
  for (let row = 0; row < height; row += step) {
    for (let col = 0; col < width; col += step) {
      if (nearest(hits, row, col, AWAY * radius, possible) < 0) nulls.push(energyAt(row, col));
    }
  }
  if (nulls.length < FEWEST_NULLS) return null;
  const sorted = Float64Array.from(nulls).sort();
  const level = Array.from(hits.row, (row, i) =>
    levelOf((above(sorted, energyAt(row, hits.col[i]!)) + 0.5) / (nulls.length + 1)),
  );
  const widths = LEVELS.map((top, k) => top - (LEVELS[k - 1] ?? 0));
  const counts = widths.map((share) => PRIOR * share);
  const sure = discoveries(hits.tail, SURE_RATE);
  for (const k of level.slice(0, sure)) counts[k]!++;
  const density = poolAdjacentViolators(counts.map((count, k) => count / (sure + PRIOR) / widths[k]!));
  const silent = Math.min(1, density[density.length - 1]!);
  return {
    likelihood: Float64Array.from(level, (k) => density[k]!),
    active: Float64Array.from(level, (k) => Math.max(0, 1 - silent / density[k]!)),
  };
}

function makeEnergyAt(bands: readonly ActivityCandidates[], height: number, width: number, reach: number) {
  const map = new Float32Array(height * width);
  let at = 0;
  for (const { energyMap } of bands) {
    map.set(energyMap, at);
    at += energyMap.length;
  }
  return (row: number, col: number): number => {
    let largest = 0;
    for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
      for (let x = Math.max(0, col - reach); x <= Math.min(width - 1, col + reach); x++) {
        if ((y - row) ** 2 + (x - col) ** 2 <= reach * reach) largest = Math.max(largest, map[y * width + x]!);
      }
    }
    return largest;
  };
}

/** How many of the rising values are at least `value`. */
function above(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

function levelOf(share: number): number {
  return LEVELS.findIndex((top) => share <= top);
}
