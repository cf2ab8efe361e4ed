// What several people's regions have in common. Regions of different people are the same cell where they are matched by overlap
// (IoU ≥ 0.5), directly or through a third; a cell has a vote of everybody who drew it.
import type { Region } from '../../base/region.ts';
import { scoreByOverlap } from './second-opinions.ts';

export interface ConsensusRule {
  /** Cells that at least so many people drew. */
  readonly votes: number;
  /** Pixels that more than half of those who drew the cell marked, or that any of them did. */
  readonly pixels: 'most' | 'any';
}

/** More than half of `people`. */
export function majorityOf(people: number): number {
  return Math.floor(people / 2) + 1;
}

/** The cells in the order of the first person who drew each; pixels by row, then column, each once. */
export function consensusOf(sets: readonly (readonly Region[])[], { votes, pixels }: ConsensusRule): Region[] {
  return groupCells(sets).flatMap((cell) => {
    if (new Set(cell.map(({ person }) => person)).size < votes) return [];
    const region = commonPixels(
      cell.map(({ person, index }) => sets[person]![index]!),
      pixels === 'any' ? 1 : majorityOf(cell.length),
    );
    return region ? [region] : [];
  });
}

interface Drawn {
  readonly person: number;
  readonly index: number;
}

/** Every region of every set in exactly one group. */
function groupCells(sets: readonly (readonly Region[])[]): Drawn[][] {
  const offsets = sets.map((_, person) => sets.slice(0, person).reduce((sum, { length }) => sum + length, 0));
  const drawn = sets.flatMap((set, person) => set.map((_, index): Drawn => ({ person, index })));
  const parent = drawn.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at]!;
    return at;
  };
  sets.forEach((a, i) => {
    for (let j = i + 1; j < sets.length; j++) {
      scoreByOverlap(a, sets[j]!).match.forEach((partner, index) => {
        if (partner < 0) return;
        const [x, y] = [root(offsets[i]! + index), root(offsets[j]! + partner)];
        parent[Math.max(x, y)] = Math.min(x, y);
      });
    }
  });
  const groups = new Map<number, Drawn[]>();
  drawn.forEach((one, i) => {
    const list = groups.get(root(i));
    if (list) list.push(one);
    else groups.set(root(i), [one]);
  });
  return [...groups.values()];
}

/** Pixels that at least `least` of the regions hold; null where there is none. */
function commonPixels(regions: readonly Region[], least: number): Region | null {
  const counts = new Map<string, { row: number; col: number; count: number }>();
  for (const { points, dims } of regions) {
    const own = new Set<string>();
    for (let i = 0; i < points.length; i += dims) {
      const [row, col] = [points[i]!, points[i + 1]!];
      const key = `${row},${col}`;
      if (own.has(key)) continue;
      own.add(key);
      const known = counts.get(key);
      if (known) known.count++;
      else counts.set(key, { row, col, count: 1 });
    }
  }
  const kept = [...counts.values()].filter(({ count }) => count >= least).sort((a, b) => a.row - b.row || a.col - b.col);
  return kept.length === 0 ? null : { points: Float64Array.from(kept.flatMap(({ row, col }) => [row, col])), dims: 2 };
}
