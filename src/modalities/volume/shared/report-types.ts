// What a region report says of each region, and how regions differ (Prasad et al. 2020). NaN: it cannot be said.
import type { Triple } from '../../../base/volume.ts';
import type { ItemInput, LabelsInput, StreamInput } from './types.ts';

export interface ReportInput {
  readonly shape: Triple;
  /** Micrometres a voxel; null where it is unknown. */
  readonly voxelSize: Triple | null;
  /** Names of the regions, by the number in the region volume. */
  readonly regions: readonly { readonly id: number; readonly name: string }[];
  /** First planes of further cutouts in the same stack. */
  readonly seams: readonly number[];
  /** Planes of each region where there is no region volume. */
  readonly spans: readonly { readonly name: string; readonly from: number; readonly to: number }[];
}

export interface ReportPayload {
  readonly image: Uint8Array<ArrayBuffer> | null;
  /** 0 background, 1 vessel, 2 cell, 3 axon. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** null: the spans are the regions. */
  readonly regions: Uint8Array<ArrayBuffer> | null;
}

export interface ReportRow {
  readonly name: string;
  readonly voxels: number;
  readonly mm3: number;
  /** Shares, 0…1. */
  readonly vessel: number;
  readonly cell: number;
  readonly axon: number;
  readonly cells: number;
  /** Profiles on a slice. */
  readonly cellsPerMm2: number;
  readonly cellsPerMm3: number;
  /** Mean distance to the nearest other cell, µm. */
  readonly spacing: number;
  /** Mean distance of tissue to the nearest vessel, µm. */
  readonly vesselDistance: number;
  /** mm of vessel a mm³. */
  readonly vesselLength: number;
  /** Coherence of the directions of the tissue, 0…1. */
  readonly coherence: number;
  readonly greyMean: number;
  readonly greyDeviation: number;
}

/** Of volumes larger than memory: all are read from their files, a few planes at a time. */
export interface FileReportInput extends ReportInput, StreamInput {
  /** null: no picture, or none of bytes. */
  readonly image: ItemInput | null;
  readonly labels: LabelsInput;
  /** null: the spans are the regions. */
  readonly areas: LabelsInput | null;
}

/** What needs more of a volume at once than a few planes. */
export const SPATIAL: readonly string[] = [
  'number of cells',
  'cells per mm³',
  'spacing of cells',
  'distance to vessels',
  'length of vessels',
];

export interface Report {
  /** Names of what was not measured, because the volume is larger than memory. */
  readonly unmeasured: readonly string[];
  readonly rows: readonly ReportRow[];
  /** KL divergence of the grey values, rows P, columns Q; 1 − cosine of the compositions. */
  readonly kl: readonly (readonly number[])[];
  readonly cosine: readonly (readonly number[])[];
}
