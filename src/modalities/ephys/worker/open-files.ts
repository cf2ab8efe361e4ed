// Opens what `findEphys` found: recordings with the probe and parameters beside them, sortings, imposed motion. Only headers and
// small files are read of a recording; a sorting's spikes are read whole.
import { isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import type { Motion } from '../../../base/motion.ts';
import type { Probe } from '../../../base/probe.ts';
import { unitsInGroup, withUnits } from '../../../base/sorting.ts';
import { entrySource } from '../../../formats/entry.ts';
import {
  type EphysObject,
  makeFindFile,
  openRecordingObject,
  openSortingObject,
  parseEphysObjects,
} from '../../../formats/ephys-objects/index.ts';
import { type FlatParameters, openFlat, openNpyRecording } from '../../../formats/flat-binary/index.ts';
import { readImposedMotion } from '../../../formats/imposed-motion.ts';
import { openMda, readFirings } from '../../../formats/mda/index.ts';
import { openCompressed, parseCompressedHeader } from '../../../formats/mtscomp/index.ts';
import { readNpyList } from '../../../formats/npy/index.ts';
import { openStream, parseStructure, streamAt } from '../../../formats/open-ephys/index.ts';
import { type PhyFiles, readChannels, readPhy } from '../../../formats/phy/index.ts';
import { readGeometryTable, readParametersJson, readProbeInterface } from '../../../formats/probe/index.ts';
import { type Recording, recordingOf } from '../../../formats/recording.ts';
import { checkSpikeTimes, type OrderedSorting, orderedSorting } from '../../../formats/sorting.ts';
import { countSegments, readSortingNpz } from '../../../formats/sorting-npz/index.ts';
import type { ByteSource } from '../../../formats/source.ts';
import { openSpikeGlx, parseMeta, withMeta } from '../../../formats/spikeglx/index.ts';
import type { FoundMotion, FoundRecording, FoundSorting } from '../shared/found.ts';
import { flatParametersOf } from './flat-parameters.ts';
import { withProbe } from './with-probe.ts';

export interface OpenRecordingOptions {
  /** What a person said of a flat file that nothing describes. */
  readonly flat?: FlatParameters | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how much of a file's SHA-1 is known, where an address has to be matched by it. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Throws what the readers throw, and NotRecognised for a flat file whose layout neither a file nor `flat` tells. */
export async function openFoundRecording(
  listing: FileListing,
  found: FoundRecording,
  options: OpenRecordingOptions = {},
): Promise<Recording> {
  const { signal } = options;
  const recording = await openSamples(listing, found, options);
  try {
    const probe = await readFoundProbe(listing, found, recording.channels, signal);
    return probe ? withProbe(recording, probe) : recording;
  } catch (error) {
    if (!isSomascopeError(error) || error.tag === 'Aborted' || error.tag === 'FileChanged') throw error;
    const notice = `The positions of the electrodes were left out: ${error.message}`;
    return { ...recording, notices: [...recording.notices, notice] };
  }
}

async function openSamples(listing: FileListing, found: FoundRecording, options: OpenRecordingOptions): Promise<Recording> {
  const { signal, flat } = options;
  const source = (index: number) => entrySource(entryAt(listing, index));
  const bytes = (index: number) => wholeOf(source(index), signal);
  const [first] = found.data;
  const meta = found.meta === undefined ? undefined : parseMeta(await bytes(found.meta), entryAt(listing, found.meta).path);
  switch (found.kind) {
    case 'spikeglx':
      return openSpikeGlx(source(first!), meta!);
    case 'cbin': {
      const header = parseCompressedHeader(await bytes(found.ch!), source(found.ch!).name);
      const samples = openCompressed(source(first!), header);
      return meta
        ? withMeta(samples, meta, samples.bytes)
        : recordingOf(samples, { format: 'mtscomp', samplingRate: header.samplingRate });
    }
    case 'open-ephys': {
      const streams = parseStructure(await bytes(found.structure!), source(found.structure!).name);
      const path = entryAt(listing, first!).path;
      const stream = streamAt(streams, path);
      const clock = found.clock === undefined ? undefined : source(found.clock);
      if (stream) return openStream(source(first!), stream, clock, signal);
      const names = streams.map(({ folder }) => `continuous/${folder}`).join(', ');
      const message = `${path} lies in none of the folders that structure.oebin lists (${names}).`;
      throw new SomascopeError('Invalid', message, { file: path }, 'Drop the whole folder that Open Ephys recorded.');
    }
    case 'mda':
    case 'npy': {
      const rate = flat?.samplingRate ?? (await flatParametersOf(listing, found, signal))?.samplingRate ?? Number.NaN;
      return found.kind === 'mda' ? openMda(source(first!), rate, signal) : openNpyRecording(source(first!), rate, signal);
    }
    case 'object': {
      const objects = parseEphysObjects(await bytes(found.object!), source(found.object!).name);
      const find = makeFindFile(sourcesOf(listing), options);
      const open = ({ label, recording }: EphysObject) => openRecordingObject({ label, recording: recording! }, find, signal);
      return firstDropped(
        objects.filter(({ recording }) => recording !== undefined),
        open,
        found.name,
      );
    }
    case 'flat': {
      const parameters = flat ?? (await flatParametersOf(listing, found, signal));
      if (parameters && !Number.isNaN(parameters.channels)) {
        return openFlat(entryAt(listing, first!).path, found.data.map(source), parameters);
      }
      const message = `Nothing says how many channels ${found.name} has.`;
      throw new SomascopeError('NotRecognised', message, { file: found.root }, 'Say how its samples are laid out.');
    }
  }
}

async function readFoundProbe(
  listing: FileListing,
  { probe }: FoundRecording,
  columns: number,
  signal: AbortSignal | undefined,
): Promise<{ probe: Probe; notices: readonly string[] } | undefined> {
  if (!probe) return undefined;
  if (probe.kind === 'arrays') {
    const files = new Map(probe.entries.map((index) => fileOf(listing, index)));
    return readChannels(files, columns, signal);
  }
  const source = entrySource(entryAt(listing, probe.entry));
  const bytes = await wholeOf(source, signal);
  const read =
    probe.kind === 'json'
      ? readProbeInterface(bytes, source.name)
      : readGeometryTable(new TextDecoder().decode(bytes), source.name);
  return { probe: read, notices: [] };
}

/** The files of a phy folder by name: for `readTemplates`, `openFeatures` and `readSimilarTemplates`. */
export function phyFilesOf(listing: FileListing, { entries }: Pick<FoundSorting, 'entries'>): PhyFiles {
  return new Map(entries.map((index) => fileOf(listing, index)));
}

function fileOf(listing: FileListing, index: number): [string, ByteSource] {
  const entry = entryAt(listing, index);
  return [entry.path.slice(entry.path.lastIndexOf('/') + 1), entrySource(entry)];
}

export interface OpenSortingOptions {
  /** Of the recording that the sorting belongs to, where there is one: spikes past its end are told. */
  readonly recording?: { readonly frames: number; readonly samplingRate: number } | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Throws what the readers throw. */
export async function openFoundSorting(
  listing: FileListing,
  found: FoundSorting,
  options: OpenSortingOptions = {},
): Promise<OrderedSorting> {
  const { recording } = options;
  const sorting = await readFound(listing, found, options);
  const samplingRate = Number.isNaN(sorting.samplingRate) ? (recording?.samplingRate ?? Number.NaN) : sorting.samplingRate;
  const late = recording ? checkSpikeTimes(sorting, recording.frames) : [];
  return { ...sorting, samplingRate, notices: [...sorting.notices, ...late] };
}

async function readFound(listing: FileListing, found: FoundSorting, options: OpenSortingOptions): Promise<OrderedSorting> {
  const { signal } = options;
  const [first] = found.entries;
  const source = () => entrySource(entryAt(listing, first!));
  switch (found.kind) {
    case 'phy':
      return inGroup(await readPhy(found.root || found.name, phyFilesOf(listing, found), signal), found);
    case 'npz':
      return readSortingNpz(source(), found.segment ?? 0, signal);
    case 'npy': {
      const [times, labels] = await Promise.all(
        found.entries.map((index) => readNpyList(entrySource(entryAt(listing, index)), signal)),
      );
      const { name } = source();
      return orderedSorting({ name, format: 'NPY', samplingRate: Number.NaN, times: times!, clusters: labels! });
    }
    case 'mda': {
      const parameters = found.parameters === undefined ? undefined : entrySource(entryAt(listing, found.parameters));
      const told = parameters && readParametersJson(await wholeOf(parameters, signal), parameters.name);
      return readFirings(source(), told?.samplingRate ?? Number.NaN, signal);
    }
    case 'object': {
      const objects = parseEphysObjects(await wholeOf(source(), signal), source().name);
      const find = makeFindFile(sourcesOf(listing), options);
      const open = ({ label, sorting }: EphysObject) => openSortingObject({ label, sorting: sorting! }, find, signal);
      return firstDropped(
        objects.filter(({ sorting }) => sorting !== undefined),
        open,
        found.name,
      );
    }
  }
}

/** A sorting of several segments is as many sortings. Throws what its reader throws. */
export async function withSegments(listing: FileListing, found: FoundSorting, signal?: AbortSignal): Promise<FoundSorting[]> {
  if (found.kind !== 'npz') return [found];
  const count = await countSegments(entrySource(entryAt(listing, found.entries[0]!)), signal);
  if (count < 2) return [found];
  return Array.from({ length: count }, (_, segment) => ({ ...found, segment, name: `${found.name}, segment ${segment + 1}` }));
}

/** The units of the group that is asked for; their spikes are no longer those of the file. */
function inGroup(sorting: OrderedSorting, { name, group }: FoundSorting): OrderedSorting {
  return group ? { ...withUnits(sorting, unitsInGroup(sorting, group)), name, order: undefined } : sorting;
}

/** The first of the objects whose files were dropped along: a catalogue lists many. */
async function firstDropped<T>(
  objects: readonly EphysObject[],
  open: (object: EphysObject) => Promise<T>,
  name: string,
): Promise<T> {
  let missing: unknown = new SomascopeError('NotRecognised', `${name} describes nothing that can be opened here.`, {
    file: name,
  });
  for (const object of objects) {
    try {
      return await open(object);
    } catch (error) {
      if (!isSomascopeError(error, 'NotRecognised')) throw error;
      missing = error;
    }
  }
  throw missing;
}

/** Throws as `readImposedMotion`. */
export function openFoundMotion(listing: FileListing, found: FoundMotion, signal?: AbortSignal): Promise<Motion> {
  const source = (index: number) => entrySource(entryAt(listing, index));
  return readImposedMotion(source(found.times), source(found.positions), signal);
}

function sourcesOf(listing: FileListing): ByteSource[] {
  return listing.paths.map((_, index) => entrySource(entryAt(listing, index)));
}

const SMALL_FILE = 64 * 2 ** 20;

async function wholeOf(source: ByteSource, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (source.size <= SMALL_FILE) return source.read(0, source.size, signal);
  throw new SomascopeError('Unsafe', `${source.name} is too large to be a description.`, { file: source.name });
}
