// What `findEphys` says of a listing: which entries are recordings, sortings and motions, and which belong together. Numbers are
// entries of the listing. Plain data, so that it can be posted.

export interface FoundRecording {
  readonly kind: 'spikeglx' | 'cbin' | 'flat' | 'open-ephys' | 'mda' | 'npy' | 'object';
  /** Path of its (first) file of samples, or of the JSON file that describes it: unlike that of any other recording. */
  readonly root: string;
  /** For people: the file's name. */
  readonly name: string;
  /** Files of samples that follow one another; none for an 'object', whose files are found by address. */
  readonly data: readonly number[];
  /** What says how to read them: .meta, .ch, structure.oebin, params.py, params.json, object JSON. */
  readonly meta?: number;
  readonly ch?: number;
  readonly structure?: number;
  /** Numbers of the samples of an Open Ephys stream. */
  readonly clock?: number;
  readonly parameters?: number;
  readonly object?: number;
  /** Where its electrodes are: a probeinterface JSON, a table, or channel_positions.npy with its map. */
  readonly probe?: FoundProbe;
}

export type FoundProbe =
  | { readonly kind: 'json' | 'table'; readonly entry: number }
  | { readonly kind: 'arrays'; readonly entries: readonly number[] };

export interface FoundSorting {
  readonly kind: 'phy' | 'npz' | 'npy' | 'mda' | 'object';
  /** Folder of a phy sorting, path of any other. */
  readonly root: string;
  readonly name: string;
  /** Its file; times and labels of an 'npy' pair; all files of a phy folder. */
  readonly entries: readonly number[];
  /** params.json beside firings.mda. */
  readonly parameters?: number;
  /** Only the units of this group: the source's "curated_good". */
  readonly group?: 'good';
  /** Of a file with several segments: which one, from 0. */
  readonly segment?: number;
}

/** Unlike that of any other sorting of the data set: for links and for what is remembered. */
export function sortingId({ root, group, segment }: Pick<FoundSorting, 'root' | 'group' | 'segment'>): string {
  if (segment) return `${root}:segment_${segment}`;
  return group ? `${root}:curated_${group}` : root;
}

export interface FoundMotion {
  readonly name: string;
  readonly times: number;
  readonly positions: number;
}

/** Files that belong together: a data set. */
export interface FoundEphysSet {
  /** That of the recording; of the first sorting where there is none, of the motion where there is neither. */
  readonly root: string;
  readonly name: string;
  readonly recording: FoundRecording | undefined;
  readonly sortings: readonly FoundSorting[];
  readonly motions: readonly FoundMotion[];
  /** "SpikeGLX recording a.ap.bin with its .meta, phy folder sorted". */
  readonly reason: string;
  /** 0 … 1: how sure it is that this is electrophysiology. */
  readonly score: number;
}

export interface FoundEphys {
  readonly sets: readonly FoundEphysSet[];
  /** What lacks its counterpart, in sentences. */
  readonly notices: readonly string[];
}
