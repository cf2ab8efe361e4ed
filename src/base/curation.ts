// What curation made of the units of a sorting, as SpikeInterface's curation format says it: labels, merges, splits and removals of the
// units that the sorting's file has.

/** A file may call its units by numbers or by texts. */
export type UnitName = number | string;

export interface Curation<U extends UnitName = number> {
  readonly unitIds: readonly U[];
  readonly labels: ReadonlyMap<U, 'good' | 'mua' | 'noise'>;
  /** Units that are one, and what it is called where somebody says. */
  readonly merges: readonly { readonly units: readonly U[]; readonly into?: U }[];
  /** Per unit the spikes of each part, by their place among the unit's spikes, and what the parts are called. */
  readonly splits: readonly {
    readonly unit: U;
    readonly parts: readonly (readonly number[])[];
    readonly into?: readonly U[];
  }[];
  readonly removed: readonly U[];
}
