// What the numbers in label volumes mean. For the microstructure three conventions are about, so a viewer names them and lets the
// user switch. Sources: MTNeuro/MTNeuro taskconfig and scripts (BossDB's numbers); nerdslab/xray-thc README and analysis notebooks.

/** What a label volume marks. */
export type LabelKind = 'microstructure' | 'regions';

export interface LabelClass {
  /** The number in the volume. */
  readonly id: number;
  readonly name: string;
  /** For the heads of tables. */
  readonly short: string;
}

export interface LabelConvention {
  readonly id: string;
  readonly kind: LabelKind;
  readonly title: string;
  /** Where it is used, and what to know of it. */
  readonly note: string;
  readonly classes: readonly LabelClass[];
}

const BACKGROUND = { name: 'background', short: 'background' };
const VESSEL = { name: 'blood vessel', short: 'vessel' };
const CELL = { name: 'cell', short: 'cell' };
const AXON = { name: 'myelinated axon', short: 'axon' };

const numbered = (...classes: readonly { name: string; short: string }[]): LabelClass[] =>
  classes.map((one, id) => ({ id, ...one }));

export const CONVENTIONS: readonly LabelConvention[] = [
  {
    id: 'bossdb',
    kind: 'microstructure',
    title: 'BossDB and MTNeuro',
    note: 'pixel_labels and pixel_annotation, the code and the published tables',
    classes: numbered(BACKGROUND, VESSEL, CELL, AXON),
  },
  {
    id: 'xray-thc-notebooks',
    kind: 'microstructure',
    title: 'xray-thc notebooks',
    note: 'masks_*.npz of the analysis notebooks',
    classes: numbered(BACKGROUND, AXON, VESSEL, CELL),
  },
  {
    id: 'xray-thc-readme',
    kind: 'microstructure',
    title: 'xray-thc README',
    note: 'The README alone says so and contradicts its own notebooks: probably a mistake',
    classes: numbered(BACKGROUND, CELL, VESSEL, AXON),
  },
  {
    id: 'regions',
    kind: 'regions',
    title: 'Brain regions',
    note: 'roi_labels and region_of_interest',
    classes: numbered(
      { name: 'unlabelled', short: 'none' },
      { name: 'cortex', short: 'CTX' },
      { name: 'striatum', short: 'STR' },
      { name: 'thalamic reticular nucleus', short: 'TRN' },
      { name: 'ventral posterior nucleus', short: 'VP' },
      { name: 'zona incerta', short: 'ZI' },
      { name: 'internal capsule', short: 'IC' },
      { name: 'hypothalamus', short: 'HYP' },
      { name: 'corpus callosum', short: 'CC' },
    ),
  },
];

/** The convention that a kind of labels has unless somebody says otherwise. */
export function defaultConvention(kind: LabelKind): LabelConvention {
  return CONVENTIONS.find((convention) => convention.kind === kind)!;
}

export function conventionById(id: string): LabelConvention | undefined {
  return CONVENTIONS.find((convention) => convention.id === id);
}

/**
 * The labels of `convention` `from` as those of `to`, by class: `table[old] = new`; a label without a class stays as it is. For
 * volumes whose numbers follow another convention than the tables they are compared with.
 */
export function relabelTable(from: LabelConvention, to: LabelConvention): Uint8Array<ArrayBuffer> {
  const table = Uint8Array.from({ length: 256 }, (_, id) => id);
  for (const { id, name } of from.classes) table[id] = to.classes.find((one) => one.name === name)?.id ?? id;
  return table;
}
