// The open ephys data sets: what the shell opened, its view state, and the names of its arrays in the resource cache.

import { fingerprintOf } from '../../../base/fingerprint.ts';
import { type FileListing, joinListings } from '../../../base/listing.ts';
import { duration } from '../../../base/number-format.ts';
import type { RecordingInfo } from '../../../base/recording-info.ts';
import { frames, resources } from '../../../state/resources.ts';
import type { OpenDataset } from '../../modality.ts';
import type { EphysInfo, FlatParameters, RecordingSource } from '../shared/info.ts';
import { type Electrodes, electrodesOf } from './electrodes.ts';
import { type EphysStore, makeStore } from './store.ts';

export interface EphysDataset {
  readonly id: string;
  readonly name: string;
  readonly info: EphysInfo;
  /** Null where only a sorting or a drift protocol was dropped, or while nobody has said how a flat file is laid out. */
  readonly recording: RecordingInfo | null;
  /** Its listing is what was dropped and what joined it. */
  readonly source: RecordingSource;
  /** As it was dropped first. */
  readonly dropped: FileListing;
  /** What was dropped later and belongs to it: its entries follow those of `dropped`. */
  readonly joined: readonly FileListing[];
  readonly electrodes: Electrodes;
  /** Hz; of a sorting alone, as it says; assumed where no file says it. */
  readonly rate: number;
  /** Frames of the recording; of a sorting alone, what its last spike needs. */
  readonly frames: number;
  readonly store: EphysStore;
  readonly fingerprint: string;
}

const ASSUMED_RATE = 30_000;
const held = new Map<string, EphysDataset>();
const NOTHING: RecordingInfo = {
  name: '',
  format: '',
  channels: 0,
  frames: 0,
  samplingRate: Number.NaN,
  dtype: 'int16',
  gain: new Float64Array(0),
  offset: new Float64Array(0),
  sync: [],
  channelIds: [],
  probe: undefined,
  firstSample: 0,
  notices: [],
};

export function ensureDataset(opened: OpenDataset): EphysDataset {
  const found = held.get(opened.id);
  if (found) return found;
  const info = opened.info as EphysInfo;
  const { id, name, listing, root } = opened;
  const source = { key: id, listing, found: info.found };
  const given = { id, name, info, source, dropped: listing, joined: [], fingerprint: fingerprintOf(listing, root) };
  const made = makeDataset(given, info.recording);
  held.set(id, made);
  return made;
}

type Given = Pick<EphysDataset, 'id' | 'name' | 'info' | 'source' | 'dropped' | 'joined' | 'fingerprint'>;

function makeDataset(given: Given, recording: RecordingInfo | null): EphysDataset {
  const electrodes = electrodesOf(recording ?? NOTHING);
  const said = recording?.samplingRate ?? Number.NaN;
  const rate = Number.isFinite(said) ? said : ASSUMED_RATE;
  const length = recording?.frames ?? 0;
  return { ...given, recording, electrodes, rate, frames: length, store: makeStore(length, rate, electrodes.count) };
}

/** The data set with a flat recording, now that somebody said how it is laid out. */
export function withFlat(dataset: EphysDataset, flat: FlatParameters, recording: RecordingInfo): EphysDataset {
  const { id, name, info, dropped, joined, fingerprint } = dataset;
  // Workers keep what they opened by its key: other parameters are another recording.
  const source = { ...dataset.source, key: `${id}/${JSON.stringify(flat)}`, flat };
  const made = makeDataset({ id, name, info, source, dropped, joined, fingerprint }, recording);
  held.set(id, made);
  resources.deletePrefix(`${id}/strip`);
  return made;
}

/** The rate that a sorting tells, where there is no recording to tell it. */
export function tellRate(dataset: EphysDataset, rate: number): void {
  if (!dataset.recording && Number.isFinite(rate)) Object.assign(dataset, { rate } satisfies Partial<EphysDataset>);
}

export function datasetById(id: string): EphysDataset | undefined {
  return held.get(id);
}

/** The data sets of the same drop that have a recording, itself among them: its recordings and streams. */
export function siblingsOf({ dropped }: EphysDataset): EphysDataset[] {
  return [...held.values()].filter((one) => one.dropped === dropped && one.info.found !== null);
}

export function forget(id: string): void {
  held.delete(id);
  frames.deletePrefix(`${id}/`);
  resources.deletePrefix(`${id}/`);
}

export function renewFiles(dataset: EphysDataset, { listing }: OpenDataset): void {
  relist(dataset, listing, dataset.joined);
}

/** The same for what joined it. */
export function renewJoined(dataset: EphysDataset, files: FileListing): void {
  const isSame = ({ paths }: FileListing) =>
    paths.length === files.paths.length && paths.every((path, i) => path === files.paths[i]);
  if (dataset.joined.some(isSame))
    relist(
      dataset,
      dataset.dropped,
      dataset.joined.map((one) => (isSame(one) ? files : one)),
    );
}

function relist(dataset: EphysDataset, dropped: FileListing, joined: readonly FileListing[]): void {
  const { source } = dataset;
  // In place, because everything that reads holds it; another key, so that workers open the new files.
  const renewed = { ...source, key: `${source.key}+`, listing: joined.reduce(joinListings, dropped) };
  Object.assign(dataset, { source: renewed, dropped, joined } satisfies Partial<EphysDataset>);
}

/** Further files, whose entries in the joined listing `added` names already. */
export function joinFiles(
  dataset: EphysDataset,
  files: FileListing,
  added: Partial<Pick<EphysInfo, 'sortings' | 'motion'>>,
): void {
  const { source, joined, info } = dataset;
  // In place as well; the recording is read from where it was, so what workers opened of it stays.
  Object.assign(dataset, {
    source: { ...source, listing: joinListings(source.listing, files) },
    joined: [...joined, files],
    info: { ...info, ...added },
  } satisfies Partial<EphysDataset>);
}

/** Seconds of the whole recording. */
export function lengthOf({ frames: count, rate }: EphysDataset): number {
  return count / rate;
}

/** How long a recording is, for people: extracts may be shorter than a second, which is not none. */
export function lengthText(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : duration(seconds);
}
