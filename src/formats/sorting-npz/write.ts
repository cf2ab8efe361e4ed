// A sorting as SpikeInterface's NpzSortingExtractor writes it: one segment, stored arrays, int64 samples and labels.
import { type Bytes, joinBytes } from '../../base/bytes.ts';
import type { Sorting } from '../../base/sorting.ts';
import { int64Pieces, writeNpy } from '../npy/index.ts';
import { writeZip } from '../zip/write.ts';

/** The files of an .npz, each in pieces, which are made as they are asked for. Spike times are rounded to samples; units without
 *  spikes are listed. */
export function sortingNpzFiles({ times, clusters, unitIds, samplingRate }: Sorting): {
  readonly name: string;
  readonly pieces: Iterable<Bytes>;
}[] {
  return [
    { name: 'unit_ids.npy', pieces: int64Pieces(unitIds) },
    { name: 'num_segment.npy', pieces: int64Pieces([1]) },
    { name: 'sampling_frequency.npy', pieces: [writeNpy({ data: Float64Array.of(samplingRate), shape: [1] })] },
    { name: 'spike_indexes_seg0.npy', pieces: int64Pieces(times) },
    { name: 'spike_labels_seg0.npy', pieces: int64Pieces(clusters) },
  ];
}

/** The pieces of a whole .npz file, in order. */
export function writeSortingNpz(sorting: Sorting): Bytes[] {
  return writeZip(sortingNpzFiles(sorting).map(({ name, pieces }) => ({ name, bytes: joinBytes([...pieces]) })));
}
