// A part of the recording as one zip, piece by piece: samples first, then the tables beside them. Flat files with the tables of the data
// set's own script, or MountainSort's files.
import { joinBytes } from '../../../base/bytes.ts';
import { singleJob } from '../../../base/job.ts';
import { lowerBound } from '../../../base/rising.ts';
import { subsetBytes, subsetTables, writeSubset } from '../../../formats/flat-binary/index.ts';
import { mdaHeader, writeFirings, writeGeom, writeMdaParameters } from '../../../formats/mda/index.ts';
import type { Recording } from '../../../formats/recording.ts';
import { crc32 } from '../../../formats/zip/crc32.ts';
import { headerOf, type StoredFile, storedHeader, zipDirectory } from '../../../formats/zip/write.ts';
import type { CuratedSorting, SubsetChoice, SubsetHead, SubsetHeadInput, SubsetPieceInput } from '../shared/exports.ts';
import { sortingOf } from './export-jobs.ts';
import { recordingOf } from './recordings.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const encode = (text: string): Bytes => new TextEncoder().encode(text);

/** The zip of a subset begins with its samples, whose checksum is known only at the end. */
export const subsetHeadJob = singleJob<SubsetHeadInput, SubsetHead>(async ({ source, name: stem, sorting, ...choice }) => {
  const recording = await recordingOf(source);
  const { columns, from, to } = choice;
  const isMda = choice.format === 'mda';
  const prefix = isMda ? mdaHeader(recording.dtype, [columns.length, to - from]) : new Uint8Array(0);
  const size = prefix.length + subsetBytes(recording, { columns, start: from, end: to });
  const name = isMda ? 'raw.mda' : `${stem}.dat`;
  const tables = isMda ? mdaTables(recording, choice, sorting) : flatTables(recording, choice, stem);
  return { name, header: headerOf({ name, size, crc: 0, at: 0 }), prefix, crc: crc32(prefix), size, tables };
});

function flatTables(recording: Recording, { columns }: SubsetChoice, stem: string): SubsetHead['tables'] {
  const { channelLocations, channelIds, numChannels } = subsetTables(recording, recording.probe, columns);
  return [
    ...(channelLocations === undefined ? [] : [{ name: `${stem}.channel_locations.csv`, bytes: encode(channelLocations) }]),
    { name: `${stem}.channel_ids.csv`, bytes: encode(channelIds) },
    { name: `${stem}.num_channels.csv`, bytes: encode(numChannels) },
  ];
}

function mdaTables(recording: Recording, choice: SubsetChoice, sorting: CuratedSorting | null): SubsetHead['tables'] {
  const { probe, samplingRate } = recording;
  const { columns } = choice;
  const isPlaced = probe !== undefined && columns.every((column) => probe.column.includes(column));
  return [
    ...(isPlaced ? [{ name: 'geom.csv', bytes: encode(writeGeom(probe, columns)) }] : []),
    ...(Number.isFinite(samplingRate) ? [{ name: 'params.json', bytes: encode(writeMdaParameters(samplingRate)) }] : []),
    ...(sorting ? [{ name: 'firings.mda', bytes: subsetFirings(sorting, choice) }] : []),
  ];
}

/** Spikes within the subset: times from its first frame, channels by their place in it (from 1; 0 where it does not have them). */
export function subsetFirings(
  sorting: CuratedSorting,
  { columns, from, to }: Pick<SubsetChoice, 'columns' | 'from' | 'to'>,
): Bytes {
  const { unitIds, peaks } = sorting;
  const { times, clusters } = sortingOf(sorting);
  const [first, last] = [lowerBound(times, from), lowerBound(times, to)];
  const part = { times: times.subarray(first, last).map((time) => time - from), clusters: clusters.subarray(first, last) };
  const places = new Map(Array.from(unitIds, (id, i) => [id, columns.indexOf(peaks[i]!)]));
  return joinBytes([...writeFirings(part, (unit) => places.get(unit) ?? -1)]);
}

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
