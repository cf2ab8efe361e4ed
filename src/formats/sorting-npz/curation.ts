// Labels, merges and splits as SpikeInterface's curation format, version 2. Source: https://spikeinterface.readthedocs.io, "Curation
// module" (CurationModel of spikeinterface/curation/curation_model.py): unit_ids, label_definitions, manual_labels, merges, splits, removed.
import type { Curation, UnitName } from '../../base/curation.ts';
import { SomascopeError } from '../../base/errors.ts';
import { getOrMake } from '../../base/get-or-make.ts';
import { isRecord, parseJson } from '../neurofinder/json.ts';

/** `nameOf` gives the unit as its sorting calls it, where that is no number. */
export function writeCuration(
  { unitIds, labels, merges, splits, removed }: Curation,
  nameOf: (unit: number) => number | string = (unit) => unit,
): string {
  const document = {
    format_version: '2',
    unit_ids: unitIds.map(nameOf),
    label_definitions: { quality: { name: 'quality', label_options: ['good', 'mua', 'noise'], exclusive: true } },
    manual_labels: [...labels].map(([unit, quality]) => ({ unit_id: nameOf(unit), labels: { quality: [quality] } })),
    merges: merges.map(({ units, into }) => ({ unit_ids: units.map(nameOf), new_unit_id: into })),
    splits: splits.map(({ unit, parts, into }) => ({
      unit_id: nameOf(unit),
      mode: 'indices',
      indices: parts,
      new_unit_ids: into,
    })),
    removed: removed.map(nameOf),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

const VERSIONS = ['1', '2'];

/**
 * Versions 1 and 2; units as the file names them. `ignored` counts labels that are none of good, MUA and noise. Throws Unsupported for
 * other versions, Invalid where the JSON is no curation or names a unit that it does not list, else as `parseJson`.
 */
export function readCuration(text: string | Uint8Array, file: string): { curation: Curation<UnitName>; ignored: number } {
  const place = { file };
  const fail = (what: string) => new SomascopeError('Invalid', `${file}: ${what}.`, place, 'Export the curation again.');
  const value = parseJson(text, place);
  if (!isRecord(value)) throw fail('it is no curation');
  const version = String(value['format_version'] ?? ('labelsByUnit' in value || 'mergeGroups' in value ? '0' : 'missing'));
  if (!VERSIONS.includes(version)) {
    const message = `${file} is a curation whose format_version is ${version}; versions 1 and 2 are read.`;
    throw new SomascopeError('Unsupported', message, place, 'Save it with a present SpikeInterface.');
  }
  const unitIds = value['unit_ids'];
  if (!names(unitIds)) throw fail('it lists no unit_ids');
  const known = new Set(unitIds);
  const list = (key: string): readonly unknown[] => {
    const items = value[key] ?? [];
    if (!Array.isArray(items)) throw fail(`${key} is no list`);
    return items;
  };
  const records = (key: string) =>
    list(key).map((item) => {
      if (!isRecord(item)) throw fail(`an item of ${key} is no object`);
      return item;
    });
  const unitOf = (id: unknown): UnitName => {
    if (!isName(id) || !known.has(id)) throw fail(`the unit ${JSON.stringify(id)} is not among its unit_ids`);
    return id;
  };
  const unitsOf = (ids: unknown, key: string) => {
    if (!Array.isArray(ids)) throw fail(`an item of ${key} lists no units`);
    return ids.map(unitOf);
  };
  const labels = new Map<UnitName, 'good' | 'mua' | 'noise'>();
  let ignored = 0;
  for (const one of records('manual_labels')) {
    // Version 1 has the labels beside the unit, version 2 below `labels`.
    const { unit_id: unit, ...beside } = one;
    const told = isRecord(beside['labels']) ? beside['labels'] : beside;
    const [quality] = Array.isArray(told['quality']) ? told['quality'] : [];
    const name = typeof quality === 'string' ? quality.toLowerCase() : undefined;
    if (name === 'good' || name === 'mua' || name === 'noise') labels.set(unitOf(unit), name);
    else ignored++;
  }
  const merges = [
    ...records('merges').map((one) => ({ units: unitsOf(one['unit_ids'], 'merges'), ...into(one['new_unit_id']) })),
    ...list('merge_unit_groups').map((units) => ({ units: unitsOf(units, 'merge_unit_groups') })),
  ];
  const splits = records('splits').map((one) => {
    const parts = partsOf(one);
    if (!parts) throw fail('an item of splits says no spikes');
    const called = one['new_unit_ids'];
    return { unit: unitOf(one['unit_id']), parts, ...(names(called) && { into: called }) };
  });
  const removed = ['removed', 'removed_units'].flatMap((key) => list(key).map(unitOf));
  return { curation: { unitIds, labels, merges, splits, removed }, ignored };
}

const into = (name: unknown) => (isName(name) ? { into: name } : {});

/** Spikes of each part: a list of lists, one list (the others are the rest), or a label for every spike. */
function partsOf({ labels, indices }: Readonly<Record<string, unknown>>): readonly (readonly number[])[] | undefined {
  if (numbers(labels)) return partsByLabel(labels);
  if (numbers(indices)) return [indices];
  return Array.isArray(indices) && indices.every(numbers) ? indices : undefined;
}

function partsByLabel(labels: readonly number[]): number[][] {
  const parts = new Map<number, number[]>();
  for (const [spike, label] of labels.entries()) getOrMake(parts, label, () => []).push(spike);
  return [...parts].sort(([a], [b]) => a - b).map(([, spikes]) => spikes);
}

function numbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isInteger(item));
}

const isName = (value: unknown): value is UnitName => typeof value === 'string' || Number.isInteger(value);

function names(value: unknown): value is readonly UnitName[] {
  return Array.isArray(value) && value.every(isName);
}
