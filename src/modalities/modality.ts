// What a modality is. The shell knows nothing else about it: `index.ts` of each modality exports one `Modality` for the
// main thread, `worker/index.ts` one `ModalityWorker` for the workers; both are listed in the registries.
import type { ComponentType } from 'react';
import type { Keeper } from '../base/kept.ts';
import type { FileListing } from '../base/listing.ts';

export interface Match {
  /** 0…1; the highest wins. */
  readonly score: number;
  /** Shown to the user: "found images/*.tiff and regions/regions.json". */
  readonly reason: string;
  /** 'dataset' opens; 'layer' is added to a data set that is open already. */
  readonly kind: 'dataset' | 'layer';
  /** The data sets (or layers) within the listing, by name and root folder ('' for the top). */
  readonly parts: readonly MatchPart[];
  /** A data set with layers for it in the same listing: these are added once it is open. */
  readonly withLayers?: boolean;
  /** A layer that opens as a data set of its own where none of its modality is open, or where it fits none of them. */
  readonly standsAlone?: boolean;
  /** A layer that nobody wants where no data set of its modality is open: others are asked then. */
  readonly onlyBeside?: boolean;
}

export interface MatchPart {
  readonly name: string;
  readonly root: string;
}

/** First bytes (at most 4 KiB) of an entry. */
export type Head = (index: number) => Promise<Uint8Array>;

export interface Sample {
  /** Path below the page's address. */
  readonly file: string;
  readonly title: string;
  readonly facts: string;
  /** Picture below the page's address. */
  readonly picture: string;
}

/** What the shell keeps of an open data set; the modality's own facts are in `info`. */
export interface OpenDataset {
  readonly id: string;
  readonly modality: string;
  readonly name: string;
  readonly listing: FileListing;
  readonly root: string;
  /** What the modality's worker `open` returned: plain data. */
  readonly info: unknown;
}

/**
 * What became of a layer. By id: the data set that reads its files from now on, so that they are opened with it again. 'alone': it fits
 * none, which was told, and opens by itself where it can. Else it was taken, and its files are not needed any more.
 */
export type LayerPlace = { readonly joined: string } | 'alone' | undefined;

/** What a view may ask of the shell. */
export interface Shell {
  onFiles(files: readonly { readonly file: File; readonly path: string }[]): void;
  onClose(id: string): void;
  onHelp(): void;
  onCommands(): void;
  onOpenLog(): void;
}

export interface ViewProps {
  readonly dataset: OpenDataset;
  readonly shell: Shell;
}

/** Whom the data of a modality come from, and under which terms. */
export interface Credits {
  /** What the data set is called: "neurofinder". */
  readonly source: string;
  readonly labs: readonly { readonly name: string; readonly gave: string }[];
  /** Ready to be pasted into a list of references. */
  readonly citation: string;
  /** In a sentence or two: what one may do with the data. */
  readonly licence: string;
  readonly acknowledgements: readonly string[];
  readonly links: readonly { readonly label: string; readonly address: string }[];
}

/** What people of this data set are used to do elsewhere, step by step, and what to do here instead. */
export interface ComingFrom {
  readonly source: string;
  readonly steps: readonly { readonly there: string; readonly here: string }[];
}

export interface CatalogueProps {
  /** Leaves the catalogue for a data set that is open. */
  readonly onShow: (id: string) => void;
}

export interface Modality {
  readonly id: string;
  readonly title: string;
  /** One line for the landing page: what opens and what for. */
  readonly blurb: string;
  readonly sample?: Sample;
  /** Golden cases for "Verify this browser": a zip, by its path below the page's address. Its worker's job `verify` runs them. */
  readonly golden?: string;
  /** Offered for data sets of other modalities whose files may be this as well; the root says so to the worker. */
  readonly treatAs?: { readonly label: string; readonly root: string; fits(listing: FileListing): boolean };
  /** Opens addresses that a person types, on remote.html: the root of such a data set is this and the address. */
  readonly addressRoot?: string;
  detect(listing: FileListing, head: Head): Promise<Match | null>;
  /** Whether a JSON file with these first bytes describes the files dropped beside it: a loose one is a layer else. */
  describes?(name: string, head: Uint8Array): boolean;
  readonly view: () => Promise<{ default: ComponentType<ViewProps> }>;
  /** Long texts and tables, fetched when somebody asks for them. */
  readonly credits?: () => Promise<Credits>;
  readonly comingFrom?: () => Promise<ComingFrom>;
  readonly catalogue?: () => Promise<ComponentType<CatalogueProps>>;
  /** Takes layers (predictions, labels) for data sets that are open; throws a SomascopeError that says why not. */
  addLayer?(listing: FileListing, open: readonly OpenDataset[], activeId: string | undefined): Promise<LayerPlace>;
  /** Told of every data set that was opened, whether it is on screen or not. */
  opened?(dataset: OpenDataset): Promise<void>;
  /** How a data set is remembered between visits and found again from a link; called with the data set before it is on screen. */
  keeper?(): Promise<(dataset: OpenDataset) => Keeper>;
  /** Gives an open data set its files again, which were dropped once more: the old ones may have been moved or removed. */
  reconnect?(dataset: OpenDataset): void;
  /** Forgets what the modality kept of a data set that was closed. */
  close?(dataset: OpenDataset): void;
}
