// What curation did, as SpikeInterface's curation format says it: of each unit of the file whether it was labelled, merged whole with
// others, split or removed. It is read off the spikes, so the order of the steps does not matter. The format knows no unit that holds a part
// of another: such units are told instead.
import type { Curation } from '../../../base/curation.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import type { UnitGroup } from '../../../base/sorting.ts';
import { type CuratedSorting, NO_UNIT } from '../shared/exports.ts';

export interface CurationDocument {
  readonly curation: Curation;
  /** What it cannot say, in sentences. */
  readonly lost: readonly string[];
}

type Told = Exclude<UnitGroup, 'unsorted'>;

export function curationOf(curated: CuratedSorting): CurationDocument {
  const { clusters, fileClusters, fileUnits, unitIds, labels } = curated;
  /** Which units of the file went into which, and the spikes of those that were split. */
  const partsOf = new Map<number, Map<number, number[]>>();
  const sourcesOf = new Map<number, Set<number>>();
  for (let spike = 0; spike < clusters.length; spike++) {
    const [source, unit] = [fileClusters[spike]!, clusters[spike]!];
    if (unit === NO_UNIT) continue;
    getOrMake(
      getOrMake(partsOf, source, () => new Map<number, number[]>()),
      unit,
      () => [],
    );
    getOrMake(sourcesOf, unit, () => new Set<number>()).add(source);
  }
  for (let spike = 0; spike < clusters.length; spike++) {
    const parts = partsOf.get(fileClusters[spike]!);
    if (parts && parts.size > 1) parts.get(clusters[spike]!)?.push(spike);
  }
  const labelOf = new Map(Array.from(unitIds, (id, i) => [id, labels[i]!]));
  const merges: Curation['merges'][number][] = [];
  const splits: Curation['splits'][number][] = [];
  const told = new Map<number, Told>();
  const removed: number[] = [];
  const lost: string[] = [];
  const tell = (source: number, label: UnitGroup | undefined) => {
    if (label !== undefined && label !== 'unsorted') told.set(source, label);
  };
  const isWhole = (source: number) => (partsOf.get(source)?.size ?? 0) === 1;
  for (const [unit, set] of sourcesOf) {
    if (set.size < 2) continue;
    const sources = [...set].sort((a, b) => a - b);
    if (sources.every(isWhole)) {
      merges.push({ units: sources, into: unit });
      for (const source of sources) tell(source, labelOf.get(unit));
    } else lost.push(`unit ${unit} holds parts of ${sources.join(' and ')}`);
  }
  for (const source of fileUnits) {
    const parts = partsOf.get(source);
    if (!parts) {
      // A unit without spikes keeps its own label.
      if (labelOf.has(source)) tell(source, labelOf.get(source));
      else removed.push(source);
    } else if (parts.size > 1) split(source, parts);
    else {
      const [unit] = parts.keys();
      if (sourcesOf.get(unit!)!.size === 1) tell(source, labelOf.get(unit!));
    }
  }
  function split(source: number, parts: ReadonlyMap<number, readonly number[]>): void {
    if ([...parts.keys()].some((unit) => sourcesOf.get(unit)!.size > 1)) return;
    const order = [...parts].sort(([a], [b]) => a - b);
    const own = order.flatMap(([, spikes]) => spikes).sort((a, b) => a - b);
    const places = new Map(own.map((spike, place) => [spike, place]));
    splits.push({
      unit: source,
      parts: order.map(([, spikes]) => spikes.map((spike) => places.get(spike)!)),
      into: order.map(([unit]) => unit),
    });
    const [first, ...others] = order.map(([unit]) => labelOf.get(unit));
    if (others.every((label) => label === first)) tell(source, first);
    else lost.push(`the parts of unit ${source} have different labels`);
  }
  merges.sort((a, b) => a.units[0]! - b.units[0]!);
  return { curation: { unitIds: fileUnits, labels: told, merges, splits, removed }, lost };
}
