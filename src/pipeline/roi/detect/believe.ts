// How far activity is to be believed in this movie. Candidates are put in order by a fixed sum of monotone features; the share of
// them that lie on a shape discovery, as a non-increasing function of the order, then replaces trained weights: where active
// candidates are cells, the shape search sees many of the same cells.
import type { ActivityCandidates } from './activity-band.ts';
import { nearest, type Places } from './disc.ts';
import { poolAdjacentViolators } from './fdr.ts';
import { SAME_PLACE } from './repeats.ts';

/** One active candidate, judged. */
export interface Believed {
  readonly row: number;
  readonly col: number;
  /** row · width + column. */
  readonly pixels: Int32Array;
  readonly energy: number;
  readonly peak: number;
  /** Belief that it is a cell, 0…1; and the same where no shape supports it. */
  readonly belief: number;
  readonly unsupported: number;
}

const WEIGHTS = { energy: 0.3, peak: 2.5, area: 1.5, spread: 2 };
/** Candidates of two bands this near, in radii, are the same one. */
const TWICE = 0.5;

/** Candidates of all bands, best first. `support`: the sure shape discoveries. */
export function believe(
  bands: readonly ActivityCandidates[],
  support: Places,
  field: { height: number; width: number; radius: number },
): Believed[] {
  const { height, width, radius } = field;
  const candidates = inOrder(bands, radius);
  if (candidates.length === 0) return [];
  const near = SAME_PLACE * radius;
  const chance = 1 - Math.exp((-support.row.length * Math.PI * near * near) / (height * width));
  const excess = candidates.map(({ row, col }) => ((nearest(support, row, col, near) >= 0 ? 1 : 0) - chance) / (1 - chance));
  const share = poolAdjacentViolators(excess).map((value) => clamp(value, 0, 0.98));
  const best = excess.slice(0, Math.max(20, Math.floor(excess.length / 20)));
  // Share of sure active cells that the shape search sees.
  const seen = clamp(best.reduce((sum, value) => sum + value, 0) / best.length, 0.3, 0.95);
  return candidates.map((candidate, i) => {
    const belief = clamp(share[i]! / seen, 0, 1);
    const unsupported = clamp((belief * (1 - seen)) / (1 - Math.min(share[i]!, belief * seen)), 0, 1);
    return { ...candidate, belief, unsupported };
  });
}

type Candidate = Omit<Believed, 'belief' | 'unsupported'> & { readonly order: number; readonly band: number };

function inOrder(bands: readonly ActivityCandidates[], radius: number): Candidate[] {
  const rows = bands.reduce((sum, { coreRows }) => sum + coreRows, 0);
  const median = bands.reduce((sum, band) => sum + band.medianEnergy * band.coreRows, 0) / rows;
  const all = bands.flatMap((band, index) =>
    Array.from(band.row, (row, i): Candidate => {
      const pixels = band.pixels.subarray(band.starts[i]!, band.starts[i + 1]!);
      const [energy, peak] = [band.energy[i]!, band.peak[i]!];
      const area = Math.abs(Math.log(pixels.length / (Math.PI * radius * radius)));
      const order =
        WEIGHTS.energy * Math.log(energy / median) +
        WEIGHTS.peak * Math.log1p(Math.max(0, peak)) -
        WEIGHTS.area * area -
        WEIGHTS.spread * (band.spread[i]! - 1);
      return { row, col: band.col[i]!, pixels, energy, peak, order, band: index };
    }),
  );
  all.sort((a, b) => b.order - a.order);
  const kept: Candidate[] = [];
  for (const candidate of all) {
    const twin = kept.some(
      (other) =>
        other.band !== candidate.band && Math.hypot(other.row - candidate.row, other.col - candidate.col) < TWICE * radius,
    );
    if (!twin) kept.push(candidate);
  }
  return kept;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
