// The recordings of a listing, each with the files that describe it.

import { getOrMake } from '../../../base/get-or-make.ts';
import { datNames, type Entry, type Head, isSampleTable, type JsonKind, type NamedFiles } from './find-files.ts';
import type { FoundProbe, FoundRecording } from './found.ts';
import { placeOf } from './streams.ts';

export interface Context {
  readonly files: NamedFiles;
  readonly json: ReadonlyMap<number, JsonKind>;
  readonly head: Head;
}

const UUID = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.)/i;
const SAMPLES = /\.(bin|dat|raw|i16)$/i;
/** Arrays of sorters and of protocols, which are no recordings. */
const SORTER_ARRAY =
  /^(spike|cluster|template|channel|amplitude|pc_|similar|whitening|kept_|manip\.|_phy|timestamps|sample_numbers)/i;

/** The name without its last ending, and without the identifiers that some archives put before it. */
function stemOf({ folder, base }: Entry): string {
  return `${folder}/${base.replace(UUID, '').replace(/\.[^.]+$/, '')}`;
}

export async function findRecordings(context: Context): Promise<{ recordings: FoundRecording[]; notices: string[] }> {
  const { files } = context;
  const notices: string[] = [];
  const metas = new Map(files.entries.filter(({ base }) => /\.meta$/i.test(base)).map((entry) => [stemOf(entry), entry]));
  const chs = new Map(files.entries.filter(({ base }) => /\.ch$/i.test(base)).map((entry) => [stemOf(entry), entry]));
  const used = new Set<number>();
  const recordings: FoundRecording[] = [];
  const add = (found: Omit<FoundRecording, 'root' | 'name'>, main: Entry) => {
    const probe = found.meta === undefined ? probeOf(context, main, found.parameters) : undefined;
    const { recording, stream } = placeOf({ kind: found.kind, root: main.path });
    // Every stream of Open Ephys is called continuous.dat.
    const name = found.kind === 'open-ephys' && stream ? `${recording}, ${stream}` : main.base;
    recordings.push({ ...found, root: main.path, name, ...(probe && { probe }) });
    for (const index of found.data) used.add(index);
  };
  for (const entry of files.entries) {
    const meta = metas.get(stemOf(entry));
    if (/\.cbin$/i.test(entry.base)) {
      const ch = chs.get(stemOf(entry));
      if (ch) add({ kind: 'cbin', data: [entry.index], ch: ch.index, ...(meta && { meta: meta.index }) }, entry);
      else notices.push(`${entry.base} needs the .ch file that lies beside it; drop both.`);
    } else if (/\.bin$/i.test(entry.base) && meta) add({ kind: 'spikeglx', data: [entry.index], meta: meta.index }, entry);
  }
  for (const entry of files.entries) if (entry.base === 'structure.oebin') addOpenEphys(context, entry, add);
  await addByParameters(context, used, add);
  const flat = flatFiles(files);
  const tables = await sampleTables(context);
  for (const entry of files.entries) {
    if (used.has(entry.index)) continue;
    if (flat.has(entry.index)) add({ kind: 'flat', data: [entry.index], ...parametersIn(context, entry) }, entry);
    else if (/\.mda$/i.test(entry.base) && !/firings/i.test(entry.base)) {
      add({ kind: 'mda', data: [entry.index], ...parametersIn(context, entry) }, entry);
    } else if (/^(objects|recordings)$/.test(context.json.get(entry.index) ?? '')) {
      add({ kind: 'object', data: [], object: entry.index }, entry);
    } else if (tables.has(entry.index)) {
      add({ kind: 'npy', data: [entry.index], ...parametersIn(context, entry) }, entry);
    }
  }
  const described = new Set(recordings.map(({ meta }) => meta));
  for (const meta of metas.values()) {
    if (described.has(meta.index)) continue;
    notices.push(`${meta.base} describes a recording that was not dropped along: its .bin has the same name.`);
  }
  return { recordings: withoutObjectFiles(recordings, files), notices };
}

// Frames of a movie end in .bin too; recordings are few.
const MOST_FLAT = 8;

/** Files of samples in folders that hold few of them; Kilosort's whitened copy (temp_wh.dat) is none. */
function flatFiles({ entries }: NamedFiles): ReadonlySet<number> {
  const byFolder = new Map<string, number[]>();
  for (const { base, folder, index } of entries) {
    if (SAMPLES.test(base) && !/^temp_wh/i.test(base)) getOrMake(byFolder, folder, () => []).push(index);
  }
  return new Set([...byFolder.values()].filter(({ length }) => length <= MOST_FLAT).flat());
}

type Add = (found: Omit<FoundRecording, 'root' | 'name'>, main: Entry) => void;

/** continuous/<stream>/continuous.dat below the folder of structure.oebin; a lone .dat beside it where the folders were lost. */
function addOpenEphys({ files }: Context, structure: Entry, add: Add): void {
  const below = structure.folder === '' ? '' : `${structure.folder}/`;
  const dats = files.entries.filter(({ path, base }) => base === 'continuous.dat' && path.startsWith(below));
  for (const dat of dats) {
    const clock = ['sample_numbers.npy', 'timestamps.npy'].map((name) => files.at(join(dat.folder, name))).find(Boolean);
    add({ kind: 'open-ephys', data: [dat.index], structure: structure.index, ...(clock && { clock: clock.index }) }, dat);
  }
}

/** Flat files that a params.py names, in its order. */
async function addByParameters({ files, head }: Context, used: ReadonlySet<number>, add: Add): Promise<void> {
  for (const parameters of files.entries) {
    if (parameters.base !== 'params.py') continue;
    const names = await datNames(parameters.index, head);
    const found = names.map((name) =>
      nearest(
        files.entries.filter(({ base }) => base === name),
        parameters.folder,
      ),
    );
    const all = found.filter((entry) => entry !== undefined);
    // A file that SpikeGLX describes keeps its own description.
    if (all.length === 0 || all.length < names.length || all.some(({ index }) => used.has(index))) continue;
    add({ kind: 'flat', data: all.map(({ index }) => index), parameters: parameters.index }, all[0]!);
  }
}

/** params.py, params.json or binary.json of the folder, or the channel count that the source's script wrote beside `<id>.dat`. */
function parametersIn({ files, json }: Context, entry: Entry): { parameters?: number } {
  const beside = files.inFolder(entry.folder);
  const count = `${entry.base.replace(SAMPLES, '')}.num_channels.csv`;
  const found =
    beside.find(({ base }) => base === count) ??
    beside.find(({ base }) => base === 'params.py') ??
    beside.find(({ index }) => json.get(index) === 'parameters');
  return found ? { parameters: found.index } : {};
}

/** In the folder of the recording, or of its parameters; else the only one of the listing. */
function probeOf({ files, json }: Context, main: Entry, parameters: number | undefined): FoundProbe | undefined {
  const folders = [main.folder, files.entries.find(({ index }) => index === parameters)?.folder ?? main.folder];
  const isTable = ({ base }: Entry) => /^(geom|channel_locations)\.csv$|channel_info\.csv$|\.channel_locations\.csv$/i.test(base);
  const isProbe = ({ index }: Entry) => json.get(index) === 'probe';
  const isArray = ({ base }: Entry) => base === 'channel_positions.npy';
  const only = (list: readonly Entry[]) => (list.length === 1 ? list[0] : undefined);
  for (const where of [...folders.map((folder) => files.inFolder(folder)), files.entries]) {
    const probe = only(where.filter(isProbe));
    if (probe) return { kind: 'json', entry: probe.index };
    const table = only(where.filter(isTable));
    if (table) return { kind: 'table', entry: table.index };
    const array = only(where.filter(isArray));
    if (array) {
      const entries = files.inFolder(array.folder).filter(({ base }) => /^channel_(positions|map|shanks)\.npy$/.test(base));
      return { kind: 'arrays', entries: entries.map(({ index }) => index) };
    }
  }
  return undefined;
}

const MOST_TABLES = 32;

/** Tables of samples that no sorter wrote, in a listing that is electrophysiology by a parameter or probe file; else by their name and type. */
async function sampleTables({ files, json, head }: Context): Promise<ReadonlySet<number>> {
  const isTold =
    [...json.values()].some((kind) => kind === 'probe' || kind === 'parameters') ||
    files.entries.some(({ base }) => /^(params\.py|geom\.csv|channel_positions\.npy)$/.test(base));
  const isNamed = (base: string) => /trace|recording|ephys|neuropixel|imec|raw/i.test(base);
  const isSorter = (folder: string) => files.inFolder(folder).some(({ base }) => base === 'spike_times.npy');
  const arrays = files.entries.filter(
    ({ base }) => /\.npy$/i.test(base) && !SORTER_ARRAY.test(base) && (isTold || isNamed(base)),
  );
  const found = new Set<number>();
  if (arrays.length > MOST_TABLES) return found;
  for (const { index, folder } of arrays) if (!isSorter(folder) && (await isSampleTable(index, head, isTold))) found.add(index);
  return found;
}

/** An object names its raw file: that is no recording of its own beside it. */
function withoutObjectFiles(recordings: FoundRecording[], { entries }: NamedFiles): FoundRecording[] {
  const objects = recordings.filter(({ kind }) => kind === 'object');
  if (objects.length === 0) return recordings;
  const folders = new Set(objects.map(({ object }) => entries.find(({ index }) => index === object)!.folder));
  const isTaken = ({ kind, root, parameters }: FoundRecording) =>
    (kind === 'flat' || kind === 'mda') &&
    parameters === undefined &&
    folders.has(root.slice(0, Math.max(0, root.lastIndexOf('/'))));
  return recordings.filter((recording) => !isTaken(recording));
}

/** The entry whose folder has most in common with `folder`. */
export function nearest<T extends { readonly folder: string }>(entries: readonly T[], folder: string): T | undefined {
  const wanted = folder.split('/');
  const common = (one: T) => {
    const parts = one.folder.split('/');
    let count = 0;
    while (count < parts.length && parts[count] === wanted[count]) count++;
    return 2 * count - parts.length;
  };
  return entries.reduce<T | undefined>((best, one) => (best && common(best) >= common(one) ? best : one), undefined);
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
