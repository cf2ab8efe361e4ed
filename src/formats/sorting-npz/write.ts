// A sorting as SpikeInterface's NpzSortingExtractor writes it: one segment, stored arrays, int64 samples and labels.
import type { Bytes } from '../../base/bytes.ts';
import type { BigArray, NdArray, NumericArray } from '../../base/ndarray.ts';
import type { Sorting } from '../../base/sorting.ts';
import { writeNpy } from '../npy/index.ts';
import { writeZip } from '../zip/write.ts';

/** The pieces of an .npz file, in order. Spike times are rounded to samples; units without spikes are listed. */
export function writeSortingNpz({ times, clusters, unitIds, samplingRate }: Sorting): Bytes[] {
  const integers = (values: Int32Array | Float64Array): NdArray<BigArray> => ({
    data: BigInt64Array.from({ length: values.length }, (_, i) => BigInt(Math.round(values[i]!))),
    shape: [values.length],
  });
  const arrays: Readonly<Record<string, NdArray<NumericArray | BigArray>>> = {
    unit_ids: integers(unitIds),
    num_segment: integers(Int32Array.of(1)),
    sampling_frequency: { data: Float64Array.of(samplingRate), shape: [1] },
    spike_indexes_seg0: integers(times),
    spike_labels_seg0: integers(clusters),
  };
  return writeZip(Object.entries(arrays).map(([name, array]) => ({ name: `${name}.npy`, bytes: writeNpy(array) })));
}
