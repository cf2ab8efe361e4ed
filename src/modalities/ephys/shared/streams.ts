// Which recording and which stream of it a file of samples is: SpikeGLX's gates, triggers and probes, Open Ephys' experiments,
// recordings and streams, by the names that both programs give.
import { baseName, folderOf } from '../../../base/listing.ts';
import type { FoundRecording } from './found.ts';

export interface StreamPlace {
  /** "run_g0_t1"; "experiment1, recording2"; else the file's name. */
  readonly recording: string;
  /** "imec0.ap"; "Neuropix-PXI-100.0"; '' where the file is all of its recording. */
  readonly stream: string;
}

const SPIKEGLX = /^(.+_g\d+_t(?:\d+|cat))\.(?:exported\.)?([^.]+(?:\.(?:ap|lf))?)(?:\.[^.]+)*\.c?bin$/i;
const OPEN_EPHYS = /^Record Node |^(experiment|recording)\d+$/i;

export function placeOf({ kind, root }: Pick<FoundRecording, 'kind' | 'root'>): StreamPlace {
  const base = baseName(root);
  if (kind === 'open-ephys') {
    const folders = folderOf(root).split('/');
    if (folders.at(-2) !== 'continuous') return { recording: base, stream: '' };
    const told = folders.filter((folder) => OPEN_EPHYS.test(folder)).join(', ');
    return { recording: told || folders.at(-3) || 'recording', stream: folders.at(-1)! };
  }
  const parts = kind === 'spikeglx' || kind === 'cbin' ? SPIKEGLX.exec(base) : null;
  return parts ? { recording: parts[1]!, stream: parts[2]! } : { recording: base, stream: '' };
}

/** The same for files that lie side by side: those that would be called alike are called by their paths. */
export function placesOf(all: readonly Pick<FoundRecording, 'kind' | 'root'>[]): StreamPlace[] {
  const places = all.map(placeOf);
  const key = ({ recording, stream }: StreamPlace) => `${recording}/${stream}`;
  const counts = new Map<string, number>();
  for (const place of places) counts.set(key(place), (counts.get(key(place)) ?? 0) + 1);
  return places.map((place, i) => (counts.get(key(place)) === 1 ? place : { recording: all[i]!.root, stream: '' }));
}
