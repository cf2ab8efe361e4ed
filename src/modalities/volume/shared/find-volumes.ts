// Groups the volumes of a listing into sets that belong together: a picture, its labels, predictions of them; and says why.
import { baseName, type FileListing, folderOf } from '../../../base/listing.ts';
import { type FoundVolume, findFiles, type Head, isTaskFile, pathOf } from './find-files.ts';
import { stemOf } from './find-words.ts';
import type { TaskMode } from './published.ts';

export type { FoundVolume, Head } from './find-files.ts';

export interface VolumeSet {
  /** For people: `task2_2D_4class test`, a folder, a file. */
  readonly name: string;
  /** Tells the set from the others of the listing, as `MatchPart.root`. */
  readonly root: string;
  /** The picture first, then truth, then predictions, then the rest. */
  readonly volumes: readonly FoundVolume[];
  /** The four regions CTX, STR, VP and ZI lie one after another along z. */
  readonly isSplit: boolean;
  /** Of the benchmark's own files: which part. */
  readonly mode?: TaskMode;
  /** 0 … 1, as `Match.score`. */
  readonly score: number;
  /** "found task2_2D_4class test images and labels". */
  readonly reason: string;
}

const TASK = /^(.*?)(train|val|test)(images|labels)\.npy$/i;
const SCORES = { task: 1, sure: 0.9, pair: 0.8, maybe: 0.3 } as const;

/** The sets of volumes among the files, by names and first bytes; none for what other modalities may want. */
export async function findVolumes(listing: FileListing, head: Head): Promise<VolumeSet[]> {
  const found = await findFiles(listing, head);
  const tasks = found.filter(({ name }) => isTaskFile(name));
  const sets = [
    ...taskSets(listing, tasks, found),
    ...otherSets(
      listing,
      found.filter((volume) => !tasks.includes(volume)),
    ),
  ];
  const claimed = sets.filter(({ score }) => score > 0);
  return claimed.length > 0 && tasks.length > 0 ? withPredictions(claimed) : claimed;
}

/** Pictures and labels of one folder and mode; labels of another task join the pictures of the same mode. */
function taskSets(listing: FileListing, tasks: readonly FoundVolume[], all: readonly FoundVolume[]): VolumeSet[] {
  const sets: VolumeSet[] = [];
  const keyOf = (volume: FoundVolume) => {
    const [, , mode] = TASK.exec(volume.name)!;
    return `${folderOf(pathOf(listing, volume))}\n${mode!.toLowerCase()}`;
  };
  for (const key of new Set(tasks.map(keyOf))) {
    const members = tasks.filter((volume) => keyOf(volume) === key);
    const mode = key.split('\n')[1] as TaskMode;
    const images = members.filter(({ role }) => role === 'image');
    const leaders = images.length > 0 ? images : members.slice(0, 1);
    for (const leader of leaders) {
      const prefix = TASK.exec(leader.name)![1]!;
      const own = members.filter((volume) => {
        const other = TASK.exec(volume.name)![1]!;
        const hasOwnImage = images.some((image) => TASK.exec(image.name)![1] === other);
        return (
          volume === leader || (volume.role === 'truth' && (other === prefix || (!hasOwnImage && sameShape(volume, leader))))
        );
      });
      const others = all.filter(
        (volume) => volume.role === 'prediction' && volume.shape !== undefined && sameShape(volume, leader),
      );
      const parts = [...new Set(ordered(own).map(({ role }) => (role === 'image' ? 'images' : 'labels')))].join(' and ');
      // The labels of its own task before those of others.
      const isOwn = (volume: FoundVolume) => TASK.exec(volume.name)?.[1] === prefix;
      const volumes = ordered([...own.filter(isOwn), ...own, ...others]);
      const reason = `found ${prefix} ${mode} ${parts} of MTNeuro`;
      sets.push({
        name: `${prefix} ${mode}`,
        root: pathOf(listing, leader),
        volumes,
        isSplit: true,
        mode,
        score: SCORES.task,
        reason,
      });
    }
  }
  return sets;
}

/** A prediction that a set has taken is no set of its own. */
function withPredictions(sets: readonly VolumeSet[]): VolumeSet[] {
  const taken = new Set(sets.filter(({ mode }) => mode).flatMap(({ volumes }) => volumes));
  return sets.filter((set) => set.mode || !set.volumes.every((volume) => taken.has(volume)));
}

/** Files of one folder are a set where at most one of them is a picture, else those with the same stem are. */
function otherSets(listing: FileListing, found: readonly FoundVolume[]): VolumeSet[] {
  const folders = new Map<string, FoundVolume[]>();
  for (const volume of found) {
    const path = pathOf(listing, volume);
    // A folder of slices or chunks is one volume: its neighbours are those beside the folder.
    const isFolder = volume.root !== undefined || volume.entries.length > 2;
    const home = isFolder && volume.root === undefined ? folderOf(folderOf(path)) : folderOf(path);
    folders.set(home, [...(folders.get(home) ?? []), volume]);
  }
  return [...folders.values()].flatMap((volumes) => groupsOf(volumes).flatMap((group) => setOf(listing, group)));
}

function groupsOf(volumes: readonly FoundVolume[]): (readonly FoundVolume[])[] {
  const known = volumes.filter(({ claim, role }) => claim !== 'no' || role !== undefined);
  const alone = volumes.filter((volume) => !known.includes(volume)).map((volume) => [volume]);
  const isPicture = ({ role, labels }: FoundVolume) => role === 'image' || (role === undefined && labels === undefined);
  if (known.filter(isPicture).length <= 1) return [known, ...alone];
  const stems = new Map<string, FoundVolume[]>();
  for (const volume of known) stems.set(stemOf(volume.name), [...(stems.get(stemOf(volume.name)) ?? []), volume]);
  return [...stems.values(), ...alone];
}

function setOf(listing: FileListing, group: readonly FoundVolume[]): VolumeSet[] {
  const first = group[0];
  if (!first) return [];
  const isPair =
    group.some(({ role }) => role === 'image') && group.some(({ role }) => role === 'truth' || role === 'prediction');
  const isSure = group.some(({ claim }) => claim === 'sure');
  const isMaybe = group.some(({ claim, format }) => claim === 'maybe' && format !== 'npy');
  const score = isSure ? SCORES.sure : isPair ? SCORES.pair : isMaybe ? SCORES.maybe : 0;
  const path = pathOf(listing, first);
  const name =
    group.length === 1
      ? first.name
      : baseName(folderOf(path)) || (listing.files[0]?.name.replace(/\.(zip|npz|npy)$/i, '') ?? first.name);
  const isSplit = group.some((volume) => /(?:^|[^a-z])crops?(?![a-z])/i.test(volume.name) && volume.shape?.[0] === 4);
  return [{ name, root: path, volumes: ordered(group), isSplit, score, reason: `found ${describe(group)}` }];
}

function sameShape(a: FoundVolume, b: FoundVolume): boolean {
  return a.shape === undefined || b.shape === undefined || a.shape.every((extent, axis) => extent === b.shape![axis]);
}

const RANKS = { image: 0, truth: 1, prediction: 2 } as const;

function ordered(volumes: readonly FoundVolume[]): FoundVolume[] {
  const rank = ({ role, labels }: FoundVolume) => (role ? RANKS[role] : labels ? 1 : 0);
  return [...new Set(volumes)].sort((a, b) => rank(a) - rank(b));
}

const FORMATS: Readonly<Record<FoundVolume['format'], string>> = {
  npy: 'a .npy volume',
  npz: 'an .npz with volumes',
  npygz: 'a BossDB cut-out',
  tiff: 'a stack of TIFF slices',
  png: 'a stack of PNG slices',
  jpeg: 'a stack of JPEG slices',
  nifti: 'a NIfTI volume',
  nrrd: 'a NRRD volume',
  hdf5: 'an HDF5 file that may hold volumes',
  precomputed: 'a neuroglancer precomputed volume',
  zarr: 'a Zarr volume',
};

function describe(volumes: readonly FoundVolume[]): string {
  const kinds = [...new Set(volumes.map(({ format }) => FORMATS[format]))].join(' and ');
  const roles = [...new Set(volumes.flatMap(({ role }) => (role ? [role] : [])))];
  const what = volumes.length === 1 ? volumes[0]!.name : `${volumes.length} files`;
  return `${kinds} (${what}${roles.length > 0 ? `: ${roles.join(', ')}` : ''})`;
}
