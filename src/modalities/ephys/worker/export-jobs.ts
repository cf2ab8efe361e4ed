// What the menu Export writes: sortings in four formats, and arrays.
import { singleJob } from '../../../base/job.ts';
import { type Sorting, withUnits } from '../../../base/sorting.ts';
import { writeFirings } from '../../../formats/mda/index.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { writeClusterGroups, writeSpikeClusters, writeSpikeTimes } from '../../../formats/phy/index.ts';
import { sortingNpzFiles, writeCuration } from '../../../formats/sorting-npz/index.ts';
import { type CuratedSorting, type CurationText, NO_UNIT, type SavedBlob } from '../shared/exports.ts';
import { curationOf } from './curation-document.ts';
import { blobOf, type PiecedFile, zipBlob } from './pieces.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Spikes of units that are no more are left out. */
export function sortingOf({ name, samplingRate, times, clusters, unitIds }: CuratedSorting): Sorting {
  const sorting: Sorting = {
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
  return clusters.includes(NO_UNIT) ? withUnits(sorting, new Set(unitIds)) : sorting;
}

/** Bytes a spike of each file. */
const BYTES = { npz: 16, firings: 24, phy: 12 };

export const sortingNpzJob = singleJob<CuratedSorting, SavedBlob>(async (curated, context) => ({
  blob: await zipBlob(sortingNpzFiles(sortingOf(curated)), BYTES.npz * curated.times.length, context),
}));

export const firingsJob = singleJob<CuratedSorting, SavedBlob>(async (curated, context) => {
  const columns = new Map(Array.from(curated.unitIds, (id, i) => [id, curated.peaks[i]!]));
  const pieces = writeFirings(sortingOf(curated), (unit) => columns.get(unit) ?? -1);
  return { blob: await blobOf(pieces, BYTES.firings * curated.times.length, context) };
});

export const phyJob = singleJob<CuratedSorting, SavedBlob>(async (curated, context) => {
  const groups = new Map(Array.from(curated.unitIds, (id, i) => [id, curated.labels[i]!]));
  // phy's files hold every spike: units that were removed are noise there.
  const clusters = curated.clusters.map((id, spike) => (id === NO_UNIT ? curated.fileClusters[spike]! : id));
  for (const id of new Set(clusters)) if (!groups.has(id)) groups.set(id, 'noise');
  const files: PiecedFile[] = [
    { name: 'spike_times.npy', pieces: writeSpikeTimes(curated.times, curated.order) },
    { name: 'spike_clusters.npy', pieces: writeSpikeClusters(clusters, curated.order) },
    { name: 'cluster_group.tsv', pieces: [new TextEncoder().encode(writeClusterGroups(groups))] },
  ];
  return { blob: await zipBlob(files, BYTES.phy * curated.times.length, context) };
});

export const curationJob = singleJob<CuratedSorting, CurationText>((curated) => {
  const { curation, lost } = curationOf(curated);
  const { fileUnits, fileNames } = curated;
  const names = new Map(fileNames?.map((name, i) => [fileUnits[i]!, name]));
  return { text: writeCuration(curation, (unit) => names.get(unit) ?? unit), lost };
});

export const npyJob = singleJob<{ data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>; shape: readonly number[] }, Bytes>(
  (array) => writeNpy(array),
);
