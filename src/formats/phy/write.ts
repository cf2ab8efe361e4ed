// What phy itself writes after curation, byte for byte as numpy and phy do: spike_clusters.npy (int32, in the order of
// spike_times.npy) and cluster_group.tsv; and the two files more that make a folder which phy's readers open.
import type { Bytes } from '../../base/bytes.ts';
import type { UnitGroup } from '../../base/sorting.ts';
import { int32Pieces, int64Pieces } from '../npy/index.ts';

/** `clusters` in the order of time; `order` is the place of each in the file it came from, as `orderedSorting` tells. In pieces. */
export function writeSpikeClusters(clusters: Int32Array<ArrayBuffer>, order: Int32Array | undefined): Iterable<Bytes> {
  return int32Pieces(order ? asInFile(clusters, order, new Int32Array(clusters.length)) : clusters);
}

/** spike_times.npy, int64, as `writeSpikeClusters`. */
export function writeSpikeTimes(times: Float64Array<ArrayBuffer>, order: Int32Array | undefined): Iterable<Bytes> {
  return int64Pieces(order ? asInFile(times, order, new Float64Array(times.length)) : times);
}

function asInFile<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  values: ArrayLike<number>,
  order: Int32Array,
  out: T,
): T {
  for (let i = 0; i < values.length; i++) out[order[i]!] = values[i]!;
  return out;
}

/** cluster_group.tsv: clusters in ascending order; those without a label are left out, as phy does. */
export function writeClusterGroups(groups: ReadonlyMap<number, UnitGroup>): string {
  const rows = [...groups].filter(([, group]) => group !== 'unsorted').sort(([a], [b]) => a - b);
  return `cluster_id\tgroup\n${rows.map(([id, group]) => `${id}\t${group}\n`).join('')}`;
}
