// The units of a file as a curation has them: labels are those of the file's units, what is merged or split takes them over.
import type { Curation, UnitName } from '../../../base/curation.ts';
import { SomascopeError } from '../../../base/errors.ts';
import type { Unit, UnitSet } from './units.ts';

export interface CuratedUnits {
  readonly set: UnitSet;
  /** Units that the curation names and the sorting does not have, as the curation calls them. */
  readonly unknown: readonly UnitName[];
}

/** `set` is as the file has it. Throws Invalid where a split names spikes that its unit does not have, or one of them twice. */
export function withCuration(set: UnitSet, { labels, merges, splits, removed }: Curation<UnitName>): CuratedUnits {
  const units = new Map(set.units);
  const byName = new Map([...set.units.values()].map((unit) => [unit.name, unit.id]));
  const unknown = new Set<UnitName>();
  let { nextId } = set;
  const find = (name: UnitName): Unit | undefined => {
    const id = byName.get(String(name));
    if (id === undefined) unknown.add(name);
    return id === undefined ? undefined : units.get(id);
  };
  const add = (unit: Unit, called: UnitName | undefined): void => {
    // What is called by a number that no other unit has keeps it.
    const id = typeof called === 'number' && called >= 0 && !units.has(called) && !set.units.has(called) ? called : nextId;
    units.set(id, { ...unit, id, name: typeof called === 'string' ? called : String(id) });
    nextId = Math.max(nextId, id + 1);
  };

  for (const name of removed) {
    const unit = find(name);
    if (unit) units.delete(unit.id);
  }
  for (const [name, label] of labels) {
    const unit = find(name);
    if (unit) units.set(unit.id, { ...unit, label });
  }
  for (const { units: names, into } of merges) {
    const parts = names.flatMap((name) => find(name) ?? []);
    if (parts.length < 2) continue;
    for (const { id } of parts) units.delete(id);
    add(mergeOf(parts), into);
  }
  for (const { unit: name, parts, into } of splits) {
    const unit = find(name);
    if (!unit) continue;
    const made = partsOf(unit, parts);
    if (made.length < 2) continue;
    units.delete(unit.id);
    made.forEach((spikes, i) => {
      add({ ...unit, spikes }, into?.[i]);
    });
  }
  return { set: { units, nextId }, unknown: [...unknown] };
}

/** All spikes of the units, in order of time; its label is the one that all of them have. */
export function mergeOf(parts: readonly Unit[]): Unit {
  const spikes = new Int32Array(parts.reduce((sum, unit) => sum + unit.spikes.length, 0));
  let at = 0;
  for (const unit of parts) {
    spikes.set(unit.spikes, at);
    at += unit.spikes.length;
  }
  const label = parts.every((unit) => unit.label === parts[0]!.label) ? parts[0]!.label : 'unsorted';
  return { ...parts[0]!, spikes: spikes.sort(), label };
}

/** The spikes of each part that has any; those that no part names are one more. */
function partsOf(unit: Unit, parts: readonly (readonly number[])[]): Int32Array<ArrayBuffer>[] {
  const { spikes, name } = unit;
  const partOf = new Int32Array(spikes.length).fill(-1);
  parts.forEach((places, part) => {
    for (const place of places) {
      const seen = partOf[place];
      if (seen === undefined || seen >= 0) {
        const what =
          seen === undefined ? `has ${spikes.length} spikes, not a spike ${place}` : `is told of the spike ${place} twice`;
        const message = `The curation splits unit ${name}, which ${what}.`;
        throw new SomascopeError('Invalid', message, {}, 'Drop it on the sorting that it was made from.');
      }
      partOf[place] = part;
    }
  });
  const lists = [...parts.keys(), -1].map((part) => spikes.filter((_, place) => partOf[place] === part));
  return lists.filter(({ length }) => length > 0);
}
