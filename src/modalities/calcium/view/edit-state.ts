// What curating keeps of a data set besides its regions: the tool in hand, what is marked, how the list is made. Plain values.
import type { Sort } from '../../../ui/table-parts.tsx';

export const TOOLS = ['draw', 'disc', 'grow', 'paint', 'erase', 'cut', 'redo', 'lasso', 'box', 'probe'] as const;
export type ToolName = (typeof TOOLS)[number];

/** Which predictions are listed, and drawn where they are left out. */
export type Scope = 'chosen' | 'rejected' | 'below' | 'all';

export const MEASURES = ['confidence', 'area', 'distance', 'snr', 'skewness', 'rise', 'roundness'] as const;
export type MeasureName = (typeof MEASURES)[number];

export type MeasureRange = readonly [low: number, high: number];

export interface Probe {
  /** Image coordinates of its middle. */
  readonly row: number;
  readonly col: number;
}

export interface EditState {
  readonly tool: ToolName | null;
  /** Diameter of the brush, px; null: half a soma. */
  readonly brush: number | null;
  /** Predictions marked beside the selected one, by number; they hold for one version of the predictions only. */
  readonly marked: { readonly version: number; readonly indexes: readonly number[] };
  readonly probe: Probe | null;
  /** The trace of the pixel under the pointer. */
  readonly pixelTrace: boolean;
  readonly scope: Scope;
  readonly sort: Sort;
  /** Shown as a column, and what outlines are coloured by where they are coloured by a measure. */
  readonly measure: MeasureName;
  /** Live thresholds; a measure without one lets everything through. */
  readonly ranges: Readonly<Partial<Record<MeasureName, MeasureRange>>>;
}

export const EDIT_START: EditState = {
  tool: null,
  brush: null,
  marked: { version: -1, indexes: [] },
  probe: null,
  pixelTrace: true,
  scope: 'chosen',
  sort: { column: 'confidence', descending: true },
  measure: 'confidence',
  ranges: {},
};
