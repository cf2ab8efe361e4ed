// Spikes and the units that they were sorted into. Times are samples (not seconds) from the first frame of the recording.

export interface Sorting {
  readonly name: string;
  /** "phy", "SpikeInterface NPZ", "MDA", "npy1", "npy2" … */
  readonly format: string;
  /** Hz; NaN where nothing says it. */
  readonly samplingRate: number;
  /** Samples, one per spike, never decreasing (readers sort where a file does not). */
  readonly times: Float64Array<ArrayBuffer>;
  /** Unit of each spike: one of `unitIds`. */
  readonly clusters: Int32Array<ArrayBuffer>;
  /** Ascending, each once; units without spikes are among them where a file lists them. */
  readonly unitIds: Int32Array<ArrayBuffer>;
  /** Per unit what the file calls it, where that is no number. */
  readonly unitNames: readonly string[] | undefined;
  /** Columns of the tables beside the sorting: group, KSLabel, Amplitude … */
  readonly fields: readonly UnitField[];
  /** Per spike, in the sorter's own unit (a scale of its template, not µV). */
  readonly amplitudes: Float64Array<ArrayBuffer> | undefined;
  /** Per spike [x, y] in µm. */
  readonly positions: Float64Array<ArrayBuffer> | undefined;
  /** What is odd with the files, in sentences for people. */
  readonly notices: readonly string[];
}

export interface UnitField {
  readonly name: string;
  /** Per unit of `unitIds`; undefined where the table does not say. */
  readonly values: readonly (string | undefined)[];
}

export type UnitGroup = 'good' | 'mua' | 'noise' | 'unsorted';

/** Templates as a sorter made them: not means of the recording. */
export interface Templates {
  /** [template, sample, channel], C order. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly [templates: number, samples: number, channels: number];
  /** [template, channel]: electrode of each channel of a template, -1 for none; undefined where every template has all. */
  readonly channels: Int32Array<ArrayBuffer> | undefined;
}

/** Ids below this are looked up in a table. */
const TABLE = 1 << 20;

/** Spike indices of every unit, in the order of `unitIds`; each ascending in time. */
export function spikesByUnit({ clusters, unitIds }: Pick<Sorting, 'clusters' | 'unitIds'>): Int32Array<ArrayBuffer>[] {
  const places = new Map(Array.from(unitIds, (id, unit) => [id, unit]));
  const counts = new Int32Array(unitIds.length);
  const units = new Int32Array(clusters.length);
  // Neighbouring spikes are of different units, so a table of small ids is looked up instead of the map.
  const table = Int32Array.from(
    { length: Math.min(TABLE, 1 + Math.max(-1, unitIds.at(-1) ?? -1)) },
    (_, id) => places.get(id) ?? -1,
  );
  for (let spike = 0; spike < clusters.length; spike++) {
    const id = clusters[spike]!;
    const unit = id >= 0 && id < table.length ? table[id]! : places.get(id)!;
    units[spike] = unit;
    counts[unit]!++;
  }
  const lists = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let spike = 0; spike < units.length; spike++) {
    const unit = units[spike]!;
    lists[unit]![counts[unit]!++] = spike;
  }
  return lists;
}

/** The same sorting with only `units`; spikes of others are left out. */
export function withUnits(sorting: Sorting, units: ReadonlySet<number>): Sorting {
  const { times, clusters, unitIds, unitNames, fields, amplitudes, positions } = sorting;
  const kept = Int32Array.from(clusters.keys()).filter((spike) => units.has(clusters[spike]!));
  const places = [...unitIds.keys()].filter((unit) => units.has(unitIds[unit]!));
  return {
    ...sorting,
    times: Float64Array.from(kept, (spike) => times[spike]!),
    clusters: Int32Array.from(kept, (spike) => clusters[spike]!),
    unitIds: Int32Array.from(places, (unit) => unitIds[unit]!),
    unitNames: unitNames && places.map((unit) => unitNames[unit]!),
    fields: fields.map(({ name, values }) => ({ name, values: places.map((unit) => values[unit]) })),
    amplitudes: amplitudes && Float64Array.from(kept, (spike) => amplitudes[spike]!),
    positions: positions && Float64Array.from({ length: 2 * kept.length }, (_, i) => positions[2 * kept[i >> 1]! + (i % 2)]!),
  };
}

/** Units whose field `group` is `group`: `unitsInGroup(sorting, 'good')` are those of the source's "curated_good". */
export function unitsInGroup({ unitIds, fields }: Pick<Sorting, 'unitIds' | 'fields'>, group: UnitGroup): Set<number> {
  const values = fields.find(({ name }) => name === 'group')?.values ?? [];
  return new Set(Array.from(unitIds).filter((_, unit) => values[unit] === group));
}
