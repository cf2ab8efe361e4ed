// Labels, merges and splits as SpikeInterface's curation format, version 2. Source: https://spikeinterface.readthedocs.io, "Curation
// module" (CurationModel of spikeinterface/curation/curation_model.py): unit_ids, label_definitions, manual_labels, merges, splits, removed.
import { SomascopeError } from '../../base/errors.ts';
import { getOrMake } from '../../base/get-or-make.ts';
import { isRecord, parseJson } from '../neurofinder/json.ts';

export interface Curation {
  readonly unitIds: readonly number[];
  readonly labels: ReadonlyMap<number, 'good' | 'mua' | 'noise'>;
  /** Units that are one, and what it is called where somebody says. */
  readonly merges: readonly { readonly units: readonly number[]; readonly into?: number }[];
  /** Per unit the spikes of each part, by their place among the unit's spikes, and what the parts are called. */
  readonly splits: readonly {
    readonly unit: number;
    readonly parts: readonly (readonly number[])[];
    readonly into?: readonly number[];
  }[];
  readonly removed: readonly number[];
}

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

/** Throws Invalid where the JSON is no curation or names a unit that it does not list, else as `parseJson`. */
export function readCuration(text: string | Uint8Array, file: string): Curation {
  const place = { file };
  const fail = (what: string) => new SomascopeError('Invalid', `${file}: ${what}.`, place, 'Export the curation again.');
  const value = parseJson(text, place);
  if (!isRecord(value) || !numbers(value['unit_ids'])) throw fail('it lists no unit_ids');
  const unitIds = value['unit_ids'] as readonly number[];
  const known = new Set(unitIds);
  const list = (key: string) => (Array.isArray(value[key]) ? (value[key] as readonly unknown[]) : []).filter(isRecord);
  const unitOf = (id: unknown): number => {
    if (typeof id !== 'number' || !known.has(id)) throw fail(`the unit ${JSON.stringify(id)} is not among its unit_ids`);
    return id;
  };
  const labels = new Map<number, 'good' | 'mua' | 'noise'>();
  for (const one of list('manual_labels')) {
    // Version 1 has the labels beside the unit, version 2 below `labels`.
    const told = isRecord(one['labels']) ? one['labels'] : one;
    const [quality] = Array.isArray(told['quality']) ? told['quality'] : [];
    const name = quality === 'MUA' ? 'mua' : quality;
    if (name === 'good' || name === 'mua' || name === 'noise') labels.set(unitOf(one['unit_id']), name);
  }
  const older = Array.isArray(value['merge_unit_groups']) ? value['merge_unit_groups'] : [];
  const told = list('merges').map((one) => ({ units: one['unit_ids'], into: one['new_unit_id'] }));
  const merges = [...told, ...older.map((units) => ({ units, into: undefined }))].flatMap(({ units, into }) =>
    numbers(units) ? [{ units: units.map(unitOf), ...(Number.isInteger(into) && { into: into as number }) }] : [],
  );
  const splits = list('splits').map((one) => ({
    unit: unitOf(one['unit_id']),
    ...(numbers(one['new_unit_ids']) && { into: one['new_unit_ids'] }),
    parts: numbers(one['labels'])
      ? partsByLabel(one['labels'])
      : (Array.isArray(one['indices']) ? one['indices'] : []).filter(numbers),
  }));
  const removed = value['removed'] ?? value['removed_units'];
  return { unitIds, labels, merges, splits, removed: numbers(removed) ? removed.map(unitOf) : [] };
}

/** A split may give a label for every spike instead. */
function partsByLabel(labels: readonly number[]): number[][] {
  const parts = new Map<number, number[]>();
  for (const [spike, label] of labels.entries()) getOrMake(parts, label, () => []).push(spike);
  return [...parts].sort(([a], [b]) => a - b).map(([, spikes]) => spikes);
}

function numbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isInteger(item));
}
