// Finds neurofinder sets, loose TIFF stacks and npy movies among the paths of a listing, by name only.
// A set is a folder that holds `images/`; re-zipped copies may lack the top folder or have one more, and hold clutter.
import { getOrMake } from '../../../base/get-or-make.ts';
import { baseName, type FileListing, folderOf, isClutter } from '../../../base/listing.ts';

export interface FoundSet {
  /** Folder that holds `images/`, '' for the top; for loose files the folder or the file itself. */
  readonly root: string;
  readonly name: string;
  readonly kind: 'neurofinder' | 'neurofinder-2015' | 'tiff' | 'npy';
  /** Entries of the frames (or stacks), in natural order. */
  readonly images: readonly number[];
  /** info.json, or images/conf.json of the older layout. */
  readonly info: number | undefined;
  readonly regions: number | undefined;
  readonly texts: readonly number[];
}

const TIFF = /\.tiff?$/i;
const natural = new Intl.Collator('en', { numeric: true });

/** Names in counting order; a plain comparison where all are equally long, which the published sets are. */
function inOrder(paths: readonly string[], entries: number[]): number[] {
  const length = paths[entries[0]!]?.length;
  const plain = entries.every((entry) => paths[entry]!.length === length);
  const compare = plain ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : natural.compare;
  return entries.sort((a, b) => compare(paths[a]!, paths[b]!));
}

/** The folder above `images/`, or undefined for a path that is no frame. */
function rootOfImage(path: string): string | undefined {
  const parts = folderOf(path).split('/');
  const at = parts.lastIndexOf('images');
  return at < 0 ? undefined : parts.slice(0, at).join('/');
}

export function findSets(listing: FileListing): FoundSet[] {
  const { paths } = listing;
  const useful = paths.map((path, index) => ({ path, index })).filter(({ path }) => !isClutter(path));
  const frames = new Map<string, { tiff: number[]; bin: number[] }>();
  for (const { path, index } of useful) {
    const root = rootOfImage(path);
    if (root === undefined) continue;
    const kind = TIFF.test(path) ? 'tiff' : path.endsWith('.bin') ? 'bin' : undefined;
    if (!kind) continue;
    getOrMake(frames, root, () => ({ tiff: [], bin: [] }))[kind].push(index);
  }
  const at = (path: string) => {
    const found = paths.indexOf(path);
    return found < 0 ? undefined : found;
  };
  const sets = [...frames].map(([root, { tiff, bin }]): FoundSet => {
    const under = (name: string) => (root ? `${root}/${name}` : name);
    const older = tiff.length === 0;
    return {
      root,
      name: root ? baseName(root) : nameOfSource(listing),
      kind: older ? 'neurofinder-2015' : 'neurofinder',
      images: inOrder(paths, older ? bin : tiff),
      info: at(under('info.json')) ?? at(under('images/conf.json')),
      regions:
        at(under('regions/regions.json')) ??
        at(under('sources/sources.json')) ??
        at(under('regions.json')) ??
        at(under('sources.json')),
      texts: useful
        .filter(({ path }) => folderOf(path) === root && /\.(md|txt|py|m|js|json)$/i.test(path))
        .map(({ index }) => index),
    };
  });
  return sets.length > 0 ? sets.sort((a, b) => (a.root < b.root ? -1 : 1)) : findLoose(listing, useful);
}

/** Without an inner folder, a set is called like its zip or dropped folder. */
function nameOfSource(listing: FileListing): string {
  return listing.files[0]?.name.replace(/\.zip$/i, '') ?? 'data set';
}

/** TIFF stacks of one folder are one movie, in natural order; every .npy is its own. */
function findLoose(listing: FileListing, useful: readonly { path: string; index: number }[]): FoundSet[] {
  const folders = new Map<string, number[]>();
  for (const { path, index } of useful) {
    if (!TIFF.test(path)) continue;
    getOrMake(folders, folderOf(path), () => []).push(index);
  }
  const nothing = { info: undefined, regions: undefined, texts: [] };
  const stacks = [...folders].map(([folder, entries]): FoundSet => {
    const images = inOrder(listing.paths, entries);
    const only = images.length === 1 ? listing.paths[images[0]!]! : undefined;
    const title = (entry: number) => baseName(listing.paths[entry]!).replace(TIFF, '');
    // Loose files are named by the first and the last, so that nobody takes them for the first alone.
    const loose = () => (listing.files.length > 1 ? `${title(images[0]!)} to ${title(images.at(-1)!)}` : nameOfSource(listing));
    const name = only ? title(images[0]!) : folder ? baseName(folder) : loose();
    return { root: only ?? folder, name, kind: 'tiff', images, ...nothing };
  });
  const movies = useful
    .filter(({ path }) => path.endsWith('.npy'))
    .map(
      ({ path, index }): FoundSet => ({
        root: path,
        name: baseName(path).replace(/\.npy$/, ''),
        kind: 'npy',
        images: [index],
        ...nothing,
      }),
    );
  return [...stacks, ...movies];
}
