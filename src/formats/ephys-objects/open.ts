// The recordings and sortings of JSON objects, once their files are found: by name first, and by SHA-1 where a name does not tell.
import { SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import { flatSamples, sampleType } from '../flat-binary/index.ts';
import { openMda, readFirings } from '../mda/index.ts';
import { readNpyList } from '../npy/index.ts';
import { readGeometryTable, readParametersJson } from '../probe/index.ts';
import { type Recording, recordingOf } from '../recording.ts';
import { parseSha1Address, sha1Of } from '../sha1.ts';
import { type OrderedSorting, orderedSorting } from '../sorting.ts';
import { readSortingNpz } from '../sorting-npz/index.ts';
import type { ByteSource } from '../source.ts';
import type { Bin1Recording, EphysObject, MdaRecording } from './parse.ts';

/** The file behind an address; `bytes` is its size where that is known. Throws NotRecognised where none was dropped. */
export type FindFile = (address: string, bytes?: number) => Promise<ByteSource>;

export interface FindOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Hashing as many bytes takes more than a blink. */
const LARGE = 2 ** 28;

/**
 * Finds files among `sources`: one of the same name; a large one by its size, where only one has it; for sha1:// addresses also any
 * whose SHA-1 is the same, hashed at most once, the smallest first.
 */
export function makeFindFile(sources: readonly ByteSource[], options: FindOptions = {}): FindFile {
  const hashes = new Map<ByteSource, Promise<string>>();
  const hashOf = (source: ByteSource) => {
    const known = hashes.get(source) ?? sha1Of(source, options);
    hashes.set(source, known);
    return known;
  };
  return async (address, bytes = 0) => {
    const told = parseSha1Address(address);
    const name = (told ? told.name : address).split('/').at(-1)!;
    const named = sources.filter((source) => name !== '' && source.name.split('/').at(-1) === name);
    if (named.length === 1) return named[0]!;
    const alike = bytes >= LARGE ? sources.filter(({ size }) => size === bytes) : [];
    if (alike.length === 1) return alike[0]!;
    const candidates = [...(named.length > 0 ? named : sources)].sort((a, b) => a.size - b.size);
    if (told) for (const source of candidates) if ((await hashOf(source)) === told.sha1) return source;
    const message = `${name || address} was not dropped along, and no dropped file has its content.`;
    throw new SomascopeError('NotRecognised', message, { file: name || address }, 'Drop it together with the JSON file.');
  };
}

/** Throws what `find` and the readers of the formats throw. */
export async function openRecordingObject(
  { label, recording }: EphysObject & { readonly recording: Bin1Recording | MdaRecording },
  find: FindFile,
  signal?: AbortSignal,
): Promise<Recording> {
  if (recording.kind === 'mda') return openMdaObject(label, recording, await find(recording.raw), find, signal);
  const source = await find(recording.raw, 2 * recording.frames * recording.rawChannels);
  const { rawChannels, channelIds, probe, samplingRate, frames } = recording;
  const samples = flatSamples(source.name, [source], {
    type: sampleType('int16', source.name),
    channels: rawChannels,
    header: 0,
  });
  const electrodes = new Map(Array.from(probe.column, (column, i) => [column, channelIds[i]!]));
  const odd = `${label || 'The JSON file'} promises ${grouped(frames)} frames; ${source.name} holds ${grouped(samples.frames)}.`;
  const lost = probe.column.filter((column) => column < 0).length;
  const unmapped = `${label || 'The JSON file'} maps ${lost} channels to columns that ${source.name} does not have.`;
  return recordingOf(
    { ...samples, name: label || source.name },
    {
      format: 'flat binary',
      samplingRate,
      channelIds: Array.from({ length: rawChannels }, (_, column) => electrodes.get(column) ?? `raw ${column}`),
      // Columns that the map leaves out are the digital word and channels that were not connected.
      sync: Array.from({ length: rawChannels }, (_, column) => column).filter((column) => !electrodes.has(column)),
      probe,
      notices: [...(Number.isNaN(frames) || frames === samples.frames ? [] : [odd]), ...(lost > 0 ? [unmapped] : [])],
    },
  );
}

async function openMdaObject(
  label: string,
  { geom, params, samplingRate }: MdaRecording,
  source: ByteSource,
  find: FindFile,
  signal: AbortSignal | undefined,
): Promise<Recording> {
  const bytesOf = async (address: string) => {
    const file = await find(address);
    return { name: file.name, bytes: await file.read(0, file.size, signal) };
  };
  const parameters = params === undefined ? undefined : await bytesOf(params);
  const rate = parameters ? readParametersJson(parameters.bytes, parameters.name).samplingRate : samplingRate;
  const table = geom === undefined ? undefined : await bytesOf(geom);
  const probe = table && readGeometryTable(new TextDecoder().decode(table.bytes), table.name);
  const recording = await openMda(source, rate, signal);
  return { ...recording, name: label || recording.name, probe };
}

/** Throws what `find` and the readers of the formats throw. */
export async function openSortingObject(
  { label, sorting }: EphysObject & { readonly sorting: NonNullable<EphysObject['sorting']> },
  find: FindFile,
  signal?: AbortSignal,
): Promise<OrderedSorting> {
  const { samplingRate } = sorting;
  if (sorting.kind === 'mda') return readFirings(await find(sorting.firings), samplingRate, signal);
  if (sorting.kind === 'npy2') {
    const read = await readSortingNpz(await find(sorting.npz), undefined, signal);
    return {
      ...read,
      name: label || read.name,
      samplingRate: Number.isNaN(read.samplingRate) ? samplingRate : read.samplingRate,
    };
  }
  const [times, labels] = await Promise.all([find(sorting.times), find(sorting.labels)]);
  return orderedSorting({
    name: label || times.name,
    format: 'npy1',
    samplingRate,
    times: await readNpyList(times, signal),
    clusters: await readNpyList(labels, signal),
  });
}
