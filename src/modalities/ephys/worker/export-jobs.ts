// What the menu Export writes: sortings in three formats, arrays, and the recording's subset piece by piece.
import { joinBytes } from '../../../base/bytes.ts';
import { singleJob } from '../../../base/job.ts';
import type { Sorting } from '../../../base/sorting.ts';
import { subsetBytes, subsetTables, writeSubset } from '../../../formats/flat-binary/index.ts';
import { writeFirings } from '../../../formats/mda/index.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { writeClusterGroups, writeSpikeClusters, writeSpikeTimes } from '../../../formats/phy/index.ts';
import { writeCuration, writeSortingNpz } from '../../../formats/sorting-npz/index.ts';
import { crc32 } from '../../../formats/zip/crc32.ts';
import { headerOf, type StoredFile, storedHeader, writeZip, zipDirectory } from '../../../formats/zip/write.ts';
import type { CuratedSorting, SubsetHead, SubsetInput, SubsetPieceInput } from '../shared/exports.ts';
import { recordingOf } from './recordings.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Spikes of units that are no more are left out. */
function sortingOf({ name, samplingRate, times, clusters, unitIds }: CuratedSorting): Sorting {
  return {
    name,
    format: 'curated',
    samplingRate,
    times,
    clusters,
    unitIds,
    unitNames: undefined,
    fields: [],
    amplitudes: undefined,
    positions: undefined,
    notices: [],
  };
}

export const sortingNpzJob = singleJob<CuratedSorting, Bytes>((curated) => joinBytes(writeSortingNpz(sortingOf(curated))));

export const firingsJob = singleJob<CuratedSorting, Bytes>((curated) => {
  const columns = new Map(Array.from(curated.unitIds, (id, i) => [id, curated.peaks[i]!]));
  return writeFirings(sortingOf(curated), (unit) => columns.get(unit) ?? -1);
});

export const phyJob = singleJob<CuratedSorting, Bytes>((curated) => {
  const groups = new Map(Array.from(curated.unitIds, (id, i) => [id, curated.labels[i]!]));
  const files = [
    { name: 'spike_times.npy', bytes: writeSpikeTimes(curated) },
    { name: 'spike_clusters.npy', bytes: writeSpikeClusters(curated.clusters, curated.order) },
    { name: 'cluster_group.tsv', bytes: new TextEncoder().encode(writeClusterGroups(groups)) },
  ];
  return joinBytes(writeZip(files.map(({ name, bytes }) => ({ name, bytes }))));
});

export const curationJob = singleJob<CuratedSorting, string>(({ unitIds, labels, origins, fileUnits }) => {
  const judged = Array.from(unitIds, (id, i): [number, CuratedSorting['labels'][number]] => [
    origins[i]!.length === 1 ? origins[i]![0]! : id,
    labels[i]!,
  ]);
  return writeCuration({
    unitIds: fileUnits,
    labels: new Map(
      judged.flatMap(([id, label]) => (label !== 'unsorted' && fileUnits.includes(id) ? [[id, label] as const] : [])),
    ),
    merges: origins.filter((units) => units.length > 1),
    splits: [],
    removed: [],
  });
});

export const npyJob = singleJob<{ data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>; shape: readonly number[] }, Bytes>(
  (array) => writeNpy(array),
);

const encode = (text: string): Bytes => new TextEncoder().encode(text);

/** The zip of a subset begins with its samples, whose checksum is known only at the end. */
export const subsetHeadJob = singleJob<SubsetInput, SubsetHead>(async ({ source, name, columns, from, to }) => {
  const recording = await recordingOf(source);
  const size = subsetBytes(recording, { columns, start: from, end: to });
  const { channelLocations, channelIds, numChannels } = subsetTables(recording, recording.probe, columns);
  const tables = [
    ...(channelLocations === undefined ? [] : [{ name: `${name}.channel_locations.csv`, bytes: encode(channelLocations) }]),
    { name: `${name}.channel_ids.csv`, bytes: encode(channelIds) },
    { name: `${name}.num_channels.csv`, bytes: encode(numChannels) },
  ];
  return { header: headerOf({ name: `${name}.dat`, size, crc: 0, at: 0 }), size, tables };
});

export const subsetPieceJob = singleJob<SubsetPieceInput, { bytes: Bytes; crc: number }>(
  async ({ source, columns, first, last, crc }, { signal }) => {
    const recording = await recordingOf(source);
    const pieces: Bytes[] = [];
    for await (const piece of writeSubset(recording, { columns, start: first, end: last }, signal)) pieces.push(piece);
    const bytes = joinBytes(pieces);
    return { bytes, crc: crc32(bytes, crc) };
  },
);

export interface SubsetTailInput {
  readonly samples: StoredFile;
  readonly header: number;
  readonly tables: SubsetHead['tables'];
}

/** The header once more, with its checksum, and all that follows the samples. */
export const subsetTailJob = singleJob<SubsetTailInput, { header: Bytes; tail: Bytes }>(({ samples, header, tables }) => {
  const parts: Bytes[] = [];
  const files: StoredFile[] = [samples];
  let at = header + samples.size;
  for (const { name, bytes } of tables) {
    const made = storedHeader(name, bytes, at);
    parts.push(made.header, bytes);
    files.push(made.file);
    at += made.header.length + bytes.length;
  }
  return { header: headerOf(samples), tail: joinBytes([...parts, zipDirectory(files, at)]) };
});
