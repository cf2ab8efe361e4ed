// Volumes among the paths of a listing, by name and first bytes only: one file each, stacks of slices by folder, and the folders of
// precomputed and zarr volumes. Whether a file is to be claimed as a volume is said by `hint`.
import { getOrMake } from '../../../base/get-or-make.ts';
import { baseName, type FileListing, folderOf, isClutter } from '../../../base/listing.ts';
import type { VolumeFormat, VolumeRole } from '../../../base/volume.ts';
import { readName } from './find-words.ts';
import type { LabelKind } from './label-conventions.ts';

/** First bytes (at most 4 KiB) of an entry. */
export type Head = (index: number) => Promise<Uint8Array>;

export interface FoundVolume {
  readonly format: VolumeFormat;
  readonly name: string;
  /** Entries of the listing: the file, the slices of a stack, or a header and its voxels. */
  readonly entries: readonly number[];
  /** The folder of a precomputed or zarr volume, '' for the top. */
  readonly root?: string;
  readonly role: VolumeRole | undefined;
  readonly labels: LabelKind | undefined;
  /** The label convention that the name points to. */
  readonly convention: string | undefined;
  /** Extents where the first bytes tell them. */
  readonly shape?: readonly number[];
  /** 'sure': nothing else has this format or name; 'maybe': it is one together with others; 'no': others may want it. */
  readonly claim: 'sure' | 'maybe' | 'no';
}

interface Useful {
  readonly path: string;
  readonly index: number;
}

const STORE_FILE = /(^|\/)(\.zarray|\.zattrs|\.zgroup|zarr\.json|info)$/;
const VOLUME_WORDS =
  /(?:^|[^a-z])(?:volumes?|vol|cubes?|cutouts?|x-?ray|tomo[a-z]*|micro-?ct|ct|bossdb|prasad[0-9]*|crops?)(?![a-z])/i;
const LABEL_WORDS =
  /(?:^|[^a-z])(?:labels?|pixel[-_]labels|annots?|annotations?|segs?|segmentation|truth|gt|pred|prediction)(?![a-z])/i;
/** Where an OME-Zarr picture keeps its labels. */
const LABELS_INSIDE = /^\/?labels\/[^/]+$/;
const SLICES = /\.(tiff?|png|jpe?g)$/i;
/** Heads that are read before it is clear that there is something to show. */
const TRIED = 64;

/** The volumes in counting order of their paths; heads are read of a few dozen files at most. */
export async function findFiles(listing: FileListing, head: Head): Promise<FoundVolume[]> {
  const useful = listing.paths.map((path, index) => ({ path, index })).filter(({ path }) => !isClutter(path));
  const stores = await findStores(useful, head, listing.files[0]?.name.replace(/\.zip$/i, '') ?? 'volume');
  const left = useful.filter(({ path }) => !stores.some(({ root }) => root === '' || path.startsWith(`${root}/`)));
  const single = await findSingles(left, head);
  const found = [...stores, ...single, ...findStacks(left)];
  const natural = new Intl.Collator('en', { numeric: true });
  return found.sort((a, b) => natural.compare(pathOf(listing, a), pathOf(listing, b)));
}

export function pathOf(listing: FileListing, { root, entries }: FoundVolume): string {
  return root ?? listing.paths[entries[0]!]!;
}

const SINGLES: readonly (readonly [ending: RegExp, format: VolumeFormat, claim: FoundVolume['claim']])[] = [
  [/\.nii(\.gz)?$/i, 'nifti', 'sure'],
  [/\.nrrd$/i, 'nrrd', 'sure'],
  [/\.nhdr$/i, 'nrrd', 'sure'],
  [/\.npygz$/i, 'npygz', 'sure'],
  [/\.npy$/i, 'npy', 'no'],
  [/\.npz$/i, 'npz', 'no'],
  [/\.(h5|hdf5)$/i, 'hdf5', 'maybe'],
];

async function findSingles(useful: readonly Useful[], head: Head): Promise<FoundVolume[]> {
  const found: FoundVolume[] = [];
  let tried = 0;
  const headers = new Set(useful.filter(({ path }) => /\.nhdr$/i.test(path)).map(({ path }) => folderOf(path)));
  for (const { path, index } of useful) {
    const kind = SINGLES.find(([ending]) => ending.test(path));
    if (!kind) {
      if (/\.hdr$/i.test(path)) found.push(...(await findPair(path, index, useful, head)));
      continue;
    }
    const [, format, claim] = kind;
    // The voxels that a detached NRRD header names are its own.
    if (format === 'nifti' && headers.has(folderOf(path))) continue;
    const plain = { format, name: baseName(path), entries: [index], ...readName(path) };
    if (format !== 'npy' && format !== 'npz') found.push({ ...plain, claim });
    else if (tried++ < TRIED)
      found.push(...(format === 'npy' ? npyVolume(plain, await head(index)) : npzVolume(plain, await head(index))));
  }
  return found;
}

type Plain = Omit<FoundVolume, 'claim'>;

/** An array of three axes: a movie, unless its name or its type speaks of labels or volumes. */
function npyVolume(plain: Plain, head: Uint8Array): FoundVolume[] {
  const text = new TextDecoder('latin1').decode(head).replaceAll('"', "'");
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/
    .exec(text)?.[1]
    ?.split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => Number.parseInt(part, 10));
  const type = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1] ?? '';
  if (head[0] !== 0x93 || !text.startsWith('NUMPY', 1) || shape?.length !== 3 || !/[biuf]\d+$/.test(type)) return [];
  const isWide = /[iu]8$/.test(type);
  const role = plain.role ?? (isWide ? 'truth' : undefined);
  const isSure = isWide || LABEL_WORDS.test(plain.name) || VOLUME_WORDS.test(plain.name) || isTaskFile(plain.name);
  return [{ ...plain, role, shape, claim: isSure ? 'sure' : role ? 'maybe' : 'no' }];
}

/** The first member's name stands in the first bytes of the zip that an npz is. */
function npzVolume(plain: Plain, head: Uint8Array): FoundVolume[] {
  if (head[0] !== 0x50 || head[1] !== 0x4b || head.length < 30) return [];
  const length = head[26]! | (head[27]! << 8);
  const member = new TextDecoder('latin1').decode(head.subarray(30, 30 + length));
  const names = `${plain.name} ${member}`;
  const isSure =
    LABEL_WORDS.test(names) ||
    VOLUME_WORDS.test(names) ||
    /(?:^|[^a-z])(?:masks?[_.]|microstructure)/i.test(names) ||
    /^images?\.npy$/i.test(member);
  return [{ ...plain, claim: isSure ? 'sure' : 'no' }];
}

/** A NIfTI header and its voxels in two files; an ENVI or Analyze header is none. */
async function findPair(path: string, index: number, useful: readonly Useful[], head: Head): Promise<FoundVolume[]> {
  const bytes = await head(index);
  const magic = new TextDecoder('latin1').decode(bytes.subarray(344, 347));
  const image = useful.find(
    (other) => other.path.replace(/\.img(\.gz)?$/i, '') === path.replace(/\.hdr$/i, '') && other.index !== index,
  );
  if (magic !== 'ni1' || !image) return [];
  return [{ format: 'nifti', name: baseName(path), entries: [index, image.index], ...readName(path), claim: 'sure' }];
}

/** Folders of slices: claimed as volumes where a name speaks of labels or volumes, never a movie's `images/`. */
function findStacks(useful: readonly Useful[]): FoundVolume[] {
  const folders = new Map<string, number[]>();
  const paths = new Map(useful.map(({ path, index }) => [index, path]));
  for (const { path, index } of useful) {
    const ending = SLICES.exec(path)?.[1]?.toLowerCase();
    if (ending)
      getOrMake(folders, `${folderOf(path)}\n${ending[0] === 't' ? 'tiff' : ending === 'png' ? 'png' : 'jpeg'}`, () => []).push(
        index,
      );
  }
  const stacks: FoundVolume[] = [];
  for (const [key, entries] of folders) {
    const [folder, format] = key.split('\n') as [string, VolumeFormat];
    // A stack a file: each TIFF whose name says so is a volume of its own.
    const own =
      format === 'tiff'
        ? entries.filter((i) => speaks(baseName(paths.get(i)!).replace(/\.tiff?$/i, '')) && !/\d$/.test(stem(paths.get(i)!)))
        : [];
    for (const index of own) stacks.push(stack(format, baseName(paths.get(index)!), paths.get(index)!, [index]));
    const rest = entries.filter((i) => !own.includes(i));
    if (rest.length === 0) continue;
    const name = folder ? baseName(folder) : baseName(paths.get(rest[0]!)!);
    const guess = stack(format, name, folder || paths.get(rest[0]!)!, rest);
    stacks.push(guess);
  }
  return stacks;
}

function stack(format: VolumeFormat, name: string, path: string, entries: readonly number[]): FoundVolume {
  const isMovie = baseName(path) === 'images' || path.includes('/images/');
  const claim = isMovie ? 'no' : speaks(path) ? 'sure' : format === 'tiff' ? 'no' : 'maybe';
  return { format, name, entries, ...readName(path), claim };
}

function stem(path: string): string {
  return baseName(path).replace(/(\.ome)?\.tiff?$/i, '');
}

function speaks(path: string): boolean {
  return LABEL_WORDS.test(path) || VOLUME_WORDS.test(path);
}

/** task2_2D_4classtestimages.npy, task1trainlabels.npy. */
export function isTaskFile(name: string): boolean {
  return /^task\d.*(train|val|test)(images|labels)\.npy$/i.test(name);
}

/** Folders whose metadata file says what they are: the outermost ones, and the labels that an OME-Zarr picture holds. */
async function findStores(
  useful: readonly Useful[],
  head: Head,
  source: string,
): Promise<(FoundVolume & { readonly root: string })[]> {
  const found: (FoundVolume & { readonly root: string })[] = [];
  const candidates = useful.filter(({ path }) => STORE_FILE.test(path)).sort((a, b) => depthOf(a.path) - depthOf(b.path));
  for (const { path, index } of candidates.slice(0, TRIED)) {
    const root = folderOf(path);
    const outer = found.find((other) => other.root === root || other.root === '' || root.startsWith(`${other.root}/`));
    const isLabels = outer && outer.root !== root && LABELS_INSIDE.test(root.slice(outer.root.length));
    if (outer && !isLabels) continue;
    const format = storeFormat(baseName(path), new TextDecoder().decode(await head(index)));
    if (!format) continue;
    const entries = useful.filter((other) => root === '' || other.path.startsWith(`${root}/`)).map((other) => other.index);
    const name = root ? baseName(root) : source;
    found.push({ format, name, entries, root, ...readName(name), ...(isLabels && { role: 'truth' }), claim: 'sure' });
  }
  return found;
}

function storeFormat(name: string, text: string): VolumeFormat | undefined {
  if (name === 'info') return /"(neuroglancer_multiscale_volume|chunk_sizes|multiscale)"/.test(text) ? 'precomputed' : undefined;
  if (name === '.zarray') return 'zarr';
  if (name === 'zarr.json') return /"multiscales"|"node_type"\s*:\s*"array"/.test(text) ? 'zarr' : undefined;
  return name === '.zattrs' && text.includes('"multiscales"') ? 'zarr' : undefined;
}

function depthOf(path: string): number {
  return path.split('/').length;
}
