// The open ephys data sets: what the shell opened, its view state, and the names of its arrays in the resource cache.

import { fingerprintOf } from '../../../base/fingerprint.ts';
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
  readonly source: RecordingSource;
  readonly electrodes: Electrodes;
  /** Hz; assumed where no file says it. */
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
  const made = makeDataset(
    { id, name, info, source: { key: id, listing, found: info.found }, fingerprint: fingerprintOf(listing, root) },
    info.recording,
  );
  held.set(id, made);
  return made;
}

type Given = Pick<EphysDataset, 'id' | 'name' | 'info' | 'source' | 'fingerprint'>;

function makeDataset(given: Given, recording: RecordingInfo | null): EphysDataset {
  const electrodes = electrodesOf(recording ?? NOTHING);
  const said = recording?.samplingRate ?? Number.NaN;
  const rate = Number.isFinite(said) ? said : ASSUMED_RATE;
  const length = recording?.frames ?? 0;
  return { ...given, recording, electrodes, rate, frames: length, store: makeStore(length, rate, electrodes.count) };
}

/** The data set with a flat recording, now that somebody said how it is laid out. */
export function withFlat(dataset: EphysDataset, flat: FlatParameters, recording: RecordingInfo): EphysDataset {
  const { id, name, info, fingerprint } = dataset;
  // Workers keep what they opened by its key: other parameters are another recording.
  const source = { ...dataset.source, key: `${id}/${JSON.stringify(flat)}`, flat };
  const made = makeDataset({ id, name, info, source, fingerprint }, recording);
  held.set(id, made);
  resources.deletePrefix(`${id}/strip`);
  return made;
}

export function datasetById(id: string): EphysDataset | undefined {
  return held.get(id);
}

/** The data sets of the same drop that have a recording, itself among them: its recordings and streams. */
export function siblingsOf({ source: { listing } }: EphysDataset): EphysDataset[] {
  return [...held.values()].filter(({ source, info }) => source.listing === listing && info.found !== null);
}

export function forget(id: string): void {
  held.delete(id);
  frames.deletePrefix(`${id}/`);
  resources.deletePrefix(`${id}/`);
}

export function renewFiles(dataset: EphysDataset, { listing }: OpenDataset): void {
  // In place, because everything that reads holds it; another key, so that workers open the new files.
  Object.assign(dataset, { source: { ...dataset.source, key: `${dataset.source.key}+`, listing } satisfies RecordingSource });
}

/** Seconds of the whole recording. */
export function lengthOf({ frames: count, rate }: EphysDataset): number {
  return count / rate;
}

/** How long a recording is, for people: extracts may be shorter than a second, which is not none. */
export function lengthText(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : duration(seconds);
}
