// What a region report says of each region, and how regions differ (Prasad et al. 2020). NaN: it cannot be said.
import type { Triple } from '../../../base/volume.ts';

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

export interface Report {
  readonly rows: readonly ReportRow[];
  /** KL divergence of the grey values, rows P, columns Q; 1 − cosine of the compositions. */
  readonly kl: readonly (readonly number[])[];
  readonly cosine: readonly (readonly number[])[];
}
