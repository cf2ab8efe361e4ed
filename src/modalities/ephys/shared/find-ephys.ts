// What a listing holds of electrophysiology, from names and first bytes only, and which files belong together: every recording is a
// data set, with the sortings and the imposed motion that lie nearest to it; sortings and motions without a recording are one together.
import { baseName, type FileListing, folderOf } from '../../../base/listing.ts';
import { type Head, jsonKinds, namedFiles } from './find-files.ts';
import { type Context, findRecordings, nearest } from './find-recordings.ts';
import { findMotions, findSortings } from './find-sortings.ts';
import type { FoundEphys, FoundEphysSet, FoundMotion, FoundRecording, FoundSorting } from './found.ts';

const KINDS: Readonly<Record<FoundRecording['kind'], string>> = {
  spikeglx: 'SpikeGLX recording',
  cbin: 'compressed recording',
  flat: 'flat recording',
  'open-ephys': 'Open Ephys recording',
  mda: 'MountainSort recording',
  npy: 'recording',
  object: 'recording described by',
};

const SORTINGS: Readonly<Record<FoundSorting['kind'], string>> = {
  phy: 'phy folder',
  npz: 'sorting',
  npy: 'sorting',
  mda: 'sorting',
  object: 'sorting described by',
};

/** `head` reads at most the first 4 KiB of an entry. No sets where nothing is electrophysiology. */
export async function findEphys(listing: FileListing, head: Head): Promise<FoundEphys> {
  const files = namedFiles(listing);
  const context: Context = { files, json: await jsonKinds(files, head), head };
  const { recordings, notices } = await findRecordings(context);
  const sortings = await findSortings(context);
  const motions = findMotions(context);
  const placed = recordings.map((recording) => ({ recording, folder: folderOf(recording.root) }));
  // Spikes and protocols belong to the wide band of a probe, not to its slow one nor to the board.
  const main = placed.filter(({ recording }) => !/\.(lf|nidq|obx\d*)\./.test(recording.name));
  const home = (path: string) => nearest(main.length > 0 ? main : placed, path)?.recording;
  const sortingsOf = new Map<FoundRecording | undefined, FoundSorting[]>();
  for (const sorting of sortings) {
    const recording = home(sorting.kind === 'phy' ? sorting.root : folderOf(sorting.root));
    sortingsOf.set(recording, [...(sortingsOf.get(recording) ?? []), sorting]);
  }
  const motionsOf = (recording: FoundRecording | undefined) => motions.filter(({ name }) => home(folderOf(name)) === recording);
  const withRecording = recordings.map((recording) => makeSet(recording, sortingsOf.get(recording) ?? [], motionsOf(recording)));
  const alone = sortingsOf.get(undefined) ?? [];
  const motionsAlone = motionsOf(undefined);
  const isAny = alone.length + motionsAlone.length > 0;
  const sets = isAny ? [...withRecording, makeSet(undefined, alone, motionsAlone)] : withRecording;
  return { sets: sets.sort((a, b) => b.score - a.score), notices: sets.length > 0 ? notices : [] };
}

function makeSet(
  recording: FoundRecording | undefined,
  sortings: readonly FoundSorting[],
  motions: readonly FoundMotion[],
): FoundEphysSet {
  const root = recording?.root ?? sortings[0]?.root ?? motions[0]!.name;
  const name = recording?.name ?? sortings[0]?.name ?? baseName(motions[0]!.name);
  const parts = [
    ...(recording ? [`${KINDS[recording.kind]} ${recording.name}${describedBy(recording)}`] : []),
    ...sortings.flatMap(({ kind, name: own, group }) => (group ? [] : [`${SORTINGS[kind]} ${own}`])),
    ...(motions.length > 0 ? ['imposed motion'] : []),
  ];
  return { root, name, recording, sortings, motions, reason: `found ${parts.join(', ')}`, score: scoreOf(recording, sortings) };
}

function describedBy({ kind, meta, parameters }: FoundRecording): string {
  if (meta !== undefined) return ' with its .meta';
  if (kind === 'cbin') return ' with its .ch';
  if (kind === 'flat') return parameters === undefined ? '; nothing says its channel count' : ' with its parameters';
  return '';
}

/** A lone .bin or .npy may be anything. */
function scoreOf(recording: FoundRecording | undefined, sortings: readonly FoundSorting[]): number {
  if (!recording) return 0.9;
  if (recording.kind === 'flat' && recording.parameters === undefined && !recording.probe) return sortings.length > 0 ? 0.8 : 0.4;
  if (recording.kind === 'npy') return sortings.length > 0 || recording.parameters !== undefined ? 0.85 : 0.45;
  return /\.(lf|nidq|obx\d*)\./.test(recording.name) ? 0.93 : 0.95;
}
