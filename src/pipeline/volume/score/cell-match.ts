// Cells found against true cells: centres are paired one to one within a radius, as many pairs as possible and among those the
// least sum of distances. Positions z, y, x in voxels, three numbers a cell.
import type { Steps } from '../../../base/steps.ts';
import { assign, packCandidates } from '../../score/assignment.ts';

export interface CellMatch {
  readonly truths: number;
  readonly found: number;
  readonly pairs: number;
  /** Shares; 0 where there is nothing to be right about, as the reference says. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Mean distance of the pairs in voxels; NaN without any. */
  readonly meanDistance: number;
  /** Per true cell the index of its partner, or −1. */
  readonly partner: Int32Array<ArrayBuffer>;
}

/** The radius within which a cell counts as found, in voxels. */
export const MATCH_RADIUS = 5;

export function* matchCells(truth: Float64Array, found: Float64Array, radius = MATCH_RADIUS): Steps<CellMatch> {
  const [truths, count] = [truth.length / 3, found.length / 3];
  // Ordered along z, so that only a window of cells need be compared with each.
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => found[3 * a]! - found[3 * b]!);
  const lists: [number, number][][] = [];
  for (let i = 0; i < truths; i++) {
    const list: [number, number][] = [];
    for (let k = firstFrom(found, order, truth[3 * i]! - radius); k < count; k++) {
      const j = order[k]!;
      if (found[3 * j]! > truth[3 * i]! + radius) break;
      const distance = Math.hypot(
        truth[3 * i]! - found[3 * j]!,
        truth[3 * i + 1]! - found[3 * j + 1]!,
        truth[3 * i + 2]! - found[3 * j + 2]!,
      );
      if (distance <= radius) list.push([j, distance]);
    }
    lists.push(list);
    if (i % 64 === 63) yield (0.5 * i) / truths;
  }
  const partner = assign(packCandidates(count, lists));
  let [pairs, sum] = [0, 0];
  for (const [i, list] of lists.entries()) {
    const pair = list.find(([j]) => j === partner[i]);
    if (!pair) continue;
    pairs++;
    sum += pair[1];
  }
  const precision = count === 0 ? 0 : pairs / count;
  const recall = truths === 0 ? 0 : pairs / truths;
  const f1 = pairs === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { truths, found: count, pairs, precision, recall, f1, meanDistance: sum / pairs, partner };
}

/** Place in `order` of the first cell at or behind slice `z`. */
function firstFrom(found: Float64Array, order: Int32Array, z: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (found[3 * order[middle]!]! < z) low = middle + 1;
    else high = middle;
  }
  return low;
}
