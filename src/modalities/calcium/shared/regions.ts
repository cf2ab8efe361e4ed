// Regions that come from files and leave as submissions and other files.
import type { FileListing } from '../../../base/listing.ts';
import type { Region } from '../../../base/region.ts';
import type { LayerSource } from './find-layers.ts';
import type { RegionSet } from './info.ts';

export interface ReadRegionsInput {
  readonly listing: FileListing;
  readonly source: LayerSource;
  /** Of JSON: rows and columns count from one. */
  readonly oneBased: boolean;
  /** For range checks: the data sets that are open, by short name. */
  readonly frames: readonly { readonly name: string; readonly height: number; readonly width: number }[];
  /** The one on screen, for files that name none. */
  readonly active: string | undefined;
}

export interface ReadLayer extends RegionSet {
  /** Short name in the file, null where it names none. */
  readonly dataset: string | null;
  /** 0…1 per region where the file says how sure it is, else every one counts as certain. */
  readonly confidence?: readonly number[];
}

export interface RoiSetInput {
  readonly regions: readonly Region[];
  /** Per region the name of its selection. */
  readonly names: readonly string[];
  readonly height: number;
  readonly width: number;
  /** Of the zip. */
  readonly comment: string;
}

export interface LabelMaskInput {
  readonly regions: readonly Region[];
  /** Per region its value in the mask, above 0. */
  readonly labels: readonly number[];
  readonly height: number;
  readonly width: number;
  readonly format: 'npy' | 'tiff';
  readonly pixelsPerMicron: number | null;
  /** Lines `key=value` of the TIFF's description. */
  readonly lines: readonly string[];
}

export type Spelling = 'sources' | 'regions' | 'both';

export interface SubmissionSet {
  readonly name: string;
  readonly regions: readonly Region[];
  readonly height: number;
  readonly width: number;
}

export type Reader = 'document' | 'server';

/** What the export dialog shows before anything is written; the worker's checker has the same shape. */
export interface SubmissionCheck {
  readonly sets: readonly { readonly name: string; readonly regions: number }[];
  readonly names: readonly {
    readonly reader: Reader;
    readonly expected: number;
    readonly present: readonly string[];
    readonly missing: readonly string[];
    readonly unexpected: readonly string[];
  }[];
  readonly replies: readonly {
    readonly reader: Reader;
    readonly spelling: Spelling;
    readonly accepted: boolean;
    readonly text: string;
  }[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}
