// What two layers have in common, by the benchmark's own match: A is scored as if B were the truth. Kept up to date while it is
// on screen.
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { Detection } from '../shared/detection.ts';
import type { Score, ScoreInput } from '../shared/score.ts';
import { type CalciumDataset, chosenOf, layerList, truthOf } from './datasets.ts';
import type { CalciumState } from './store.ts';

export const DIFFERENCE_CLASSES = ['onlyA', 'both', 'onlyB'] as const;
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number];

/** Two of: 'truth', ids of layers. */
export interface Compared {
  readonly a: string;
  readonly b: string;
}

export interface Difference extends Compared {
  readonly counts: Readonly<Record<DifferenceClass, number>>;
  /** By layer, per region of its full list; null: not drawn. A pair is drawn once, as A has it. */
  readonly classes: ReadonlyMap<string, readonly (DifferenceClass | null)[]>;
}

export function keptDifference({ id }: CalciumDataset): Difference | undefined {
  return resources.get<Difference>(`${id}/difference`);
}

/** Names for A and B that exist: as asked where they do, else the current layer and what it is best compared with. */
export function comparable(dataset: CalciumDataset, wanted: Compared | null): Compared | null {
  const { layers, currentLayer } = dataset.store.getState();
  const ids = [...(truthOf(dataset) ? ['truth'] : []), ...layers.map(({ id }) => id)];
  if (ids.length < 2) return null;
  const pick = (id: string | undefined, other?: string) =>
    id !== undefined && ids.includes(id) && id !== other ? id : undefined;
  const a = pick(wanted?.a) ?? pick(currentLayer ?? undefined, wanted?.b) ?? ids.find((id) => id !== wanted?.b)!;
  return { a, b: pick(wanted?.b, a) ?? ids.filter((id) => id !== a).at(-1)! };
}

interface Side {
  readonly all: readonly object[];
  /** Index in `all` of each region that takes part. */
  readonly index: readonly number[];
  readonly regions: ScoreInput['truth'];
}

function sideOf(dataset: CalciumDataset, id: string): Side {
  if (id === 'truth') {
    const regions = truthOf(dataset)?.regions ?? [];
    return { all: regions, index: regions.map((_, i) => i), regions };
  }
  const all = layerList(dataset, id);
  const numbers = new Map<Detection, number>(all.map((one, i) => [one, i]));
  const chosen = chosenOf(dataset, id);
  return { all, index: chosen.map((one) => numbers.get(one)!), regions: chosen.map(({ region }) => region) };
}

export async function findDifference(
  dataset: CalciumDataset,
  { a, b }: Compared,
  { threshold }: Pick<CalciumState, 'threshold'>,
): Promise<Difference> {
  const [sideA, sideB] = [sideOf(dataset, a), sideOf(dataset, b)];
  const input: ScoreInput = { truth: sideB.regions, estimate: sideA.regions, threshold };
  const { match } = await ask<Score>('calcium', 'score', input);
  const inA: (DifferenceClass | null)[] = sideA.all.map(() => null);
  const inB: (DifferenceClass | null)[] = sideB.all.map(() => null);
  for (const i of sideA.index) inA[i] = 'onlyA';
  match.forEach((estimate, i) => {
    if (estimate >= 0) inA[sideA.index[estimate]!] = 'both';
    else inB[sideB.index[i]!] = 'onlyB';
  });
  const count = (list: readonly (DifferenceClass | null)[], wanted: DifferenceClass) =>
    list.filter((one) => one === wanted).length;
  return {
    a,
    b,
    counts: { onlyA: count(inA, 'onlyA'), both: count(inA, 'both'), onlyB: count(inB, 'onlyB') },
    classes: new Map([
      [a, inA],
      [b, inB],
    ]),
  };
}
