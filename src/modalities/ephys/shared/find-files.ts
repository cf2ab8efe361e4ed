// Sorts the entries of a listing by what their names say they are, and looks into the first bytes of those whose names do not tell
// (JSON, NPZ, NPY). Nothing is parsed here: that is left to the readers.
import { baseName, type FileListing, folderOf, isClutter } from '../../../base/listing.ts';

export interface Entry {
  readonly index: number;
  readonly path: string;
  readonly folder: string;
  readonly base: string;
}

export type Head = (index: number) => Promise<Uint8Array>;

export interface NamedFiles {
  readonly entries: readonly Entry[];
  /** Looks up by path. */
  readonly at: (path: string) => Entry | undefined;
  readonly inFolder: (folder: string) => readonly Entry[];
}

export function namedFiles({ paths }: FileListing): NamedFiles {
  const entries = paths
    .map((path, index) => ({ index, path, folder: folderOf(path), base: baseName(path) }))
    .filter(({ path }) => !isClutter(path));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const byFolder = new Map<string, Entry[]>();
  for (const entry of entries) {
    const list = byFolder.get(entry.folder);
    if (list) list.push(entry);
    else byFolder.set(entry.folder, [entry]);
  }
  return { entries, at: (path) => byPath.get(path), inFolder: (folder) => byFolder.get(folder) ?? [] };
}

/** 'objects' holds recordings and sortings, 'recordings' or 'sortings' only these. */
export type JsonKind = 'probe' | 'objects' | 'recordings' | 'sortings' | 'parameters';

// Of more JSON files than this (a folder of regions, say) none is looked into but those with a telling name.
const MOST_LOOKED_AT = 64;

/** What the JSON files are, told from their first bytes. */
export async function jsonKinds({ entries }: NamedFiles, head: Head): Promise<ReadonlyMap<number, JsonKind>> {
  const all = entries.filter(({ base }) => /\.json$/i.test(base));
  const telling = (base: string) => /^(params|binary|probe|recording|sorting)/i.test(base);
  const looked = all.length > MOST_LOOKED_AT ? all.filter(({ base }) => telling(base)).slice(0, MOST_LOOKED_AT) : all;
  const kinds = new Map<number, JsonKind>();
  for (const { index, base } of looked) {
    const kind = jsonKindOf(base, await head(index));
    if (kind) kinds.set(index, kind);
  }
  return kinds;
}

/** What a JSON file with these first bytes is; undefined for what is none of electrophysiology. */
export function jsonKindOf(name: string, head: Uint8Array): JsonKind | undefined {
  const text = textOf(head);
  const objects = objectKind(text, head.length);
  if (objects) return objects;
  if (/"(probeinterface|contact_positions)"/.test(text)) return 'probe';
  return /^(params|binary)\.json$/i.test(name) ? 'parameters' : undefined;
}

/** A file with fewer first bytes than these was seen whole. */
const WHOLE_HEAD = 4096;

/** The keys of an object come in any order, and its lists of channels may fill all of the first bytes. */
function objectKind(text: string, bytes: number): JsonKind | undefined {
  const [hasRecording, hasSorting] = [/"recording(Object|_format|Path)"/.test(text), /"sorting(Object|_format|Path)"/.test(text)];
  // Of a long list only the beginning is seen: it may hold both.
  if (/"(recordingObject|sortingObject|recordingPath)"/.test(text))
    return bytes < WHOLE_HEAD && hasRecording !== hasSorting ? (hasSorting ? 'sortings' : 'recordings') : 'objects';
  if (/"(sorting_format|times_npy_uri|npz_uri)"/.test(text)) return 'sortings';
  return /"(recording_format|raw_num_channels)"|^\s*\{\s*"data"\s*:\s*\{\s*"channel_ids"/.test(text) ? 'recordings' : undefined;
}

/** Whether an .npz begins with the arrays of a sorting. */
export async function isSortingHead(index: number, head: Head): Promise<boolean> {
  return /unit_ids\.npy|spike_indexes(_seg\d+)?\.npy|spike_labels(_seg\d+)?\.npy/.test(textOf(await head(index)));
}

/** Whether a .npy is a table of samples: two axes, one much longer; 16-bit counts, or with `isTold` any numbers. */
export async function isSampleTable(index: number, head: Head, isTold: boolean): Promise<boolean> {
  const text = textOf(await head(index));
  const descr = /'descr': '[<>|=]([iuf]\d)'/.exec(text)?.[1];
  const shape = /'shape': \((\d+), (\d+)\)/.exec(text);
  if (!descr || !shape || !(isTold || /^[iu]2$/.test(descr))) return false;
  const [first, second] = [Number(shape[1]), Number(shape[2])];
  return (
    Math.max(first, second) >= 1000 && Math.min(first, second) <= 4096 && Math.max(first, second) > 4 * Math.min(first, second)
  );
}

/** File names that a params.py gives as dat_path, without folders. */
export async function datNames(index: number, head: Head): Promise<string[]> {
  const value = /^dat_path\s*=\s*(\[[^\]]*\]|[^\n]*)/m.exec(textOf(await head(index)))?.[1] ?? '';
  return Array.from(value.matchAll(/(['"])(.*?)\1/g), (match) => match[2]!.split(/[/\\]+/).at(-1)!);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
