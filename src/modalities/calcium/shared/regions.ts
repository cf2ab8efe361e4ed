// Regions that come from files and leave as submissions.
import type { FileListing } from '../../../base/listing.ts';
import type { Region } from '../../../base/region.ts';
import type { RegionSet } from './info.ts';

export interface ReadRegionsInput {
  readonly listing: FileListing;
  /** Entry of the JSON file. */
  readonly entry: number;
  readonly oneBased: boolean;
  /** For range checks: the data sets that are open, by short name. */
  readonly frames: readonly { readonly name: string; readonly height: number; readonly width: number }[];
  /** The one on screen, for files that name none. */
  readonly active: string | undefined;
}

export interface ReadLayer extends RegionSet {
  /** Short name in the file, null where it names none. */
  readonly dataset: string | null;
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
