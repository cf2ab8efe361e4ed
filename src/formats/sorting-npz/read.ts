// Sortings as .npz: SpikeInterface's (unit_ids, num_segment, sampling_frequency, spike_indexes_seg0, spike_labels_seg0 …) and the
// older layout of one segment (spike_indexes, spike_labels, sampling_frequency), which the data set's "npy2" objects hold too.
import { SomascopeError } from '../../base/errors.ts';
import { type Npz, openNpz } from '../npz.ts';
import { type OrderedSorting, orderedSorting } from '../sorting.ts';
import type { ByteSource } from '../source.ts';

/** How many segments a file holds, from its directory alone. Throws as `openNpz`. */
export async function countSegments(source: ByteSource, signal?: AbortSignal): Promise<number> {
  return segmentsIn(await openNpz(source, signal));
}

const segmentsIn = ({ names }: Npz) => names.filter((one) => /^spike_indexes_seg\d+$/.test(one)).length;

/** Segment `segment` (from 0), else the first, which is told where there are more. Throws Invalid where the file holds no sorting or not that segment, else as `openNpz` and `readNpy`. */
export async function readSortingNpz(source: ByteSource, told?: number, signal?: AbortSignal): Promise<OrderedSorting> {
  const npz = await openNpz(source, signal);
  const { name, names } = npz;
  const segment = told ?? 0;
  const suffix = names.includes('spike_indexes') ? '' : `_seg${segment}`;
  if (!names.includes(`spike_indexes${suffix}`) || !names.includes(`spike_labels${suffix}`)) {
    const message = `${name} holds no spikes${segment > 0 ? ` of segment ${segment}` : ''}: its arrays are ${names.slice(0, 8).join(', ')}.`;
    throw new SomascopeError('Invalid', message, { file: name }, 'Save a sorting with NpzSortingExtractor.write_sorting.');
  }
  const segments = segmentsIn(npz);
  const { listed, unitNames, clusters } = await readUnits(npz, `spike_labels${suffix}`);
  const rate = names.includes('sampling_frequency') ? (await npz.numbers('sampling_frequency')).data[0] : undefined;
  return orderedSorting({
    name,
    format: suffix === '' ? 'NPZ' : 'SpikeInterface NPZ',
    samplingRate: rate ?? Number.NaN,
    times: (await npz.numbers(`spike_indexes${suffix}`)).data,
    clusters,
    listed,
    unitNames,
    notices: segments > 1 && told === undefined ? [`${name} has ${segments} segments; the first is shown.`] : [],
  });
}

interface Units {
  readonly listed: ArrayLike<number> | undefined;
  readonly unitNames: readonly string[] | undefined;
  readonly clusters: ArrayLike<number>;
}

/** Units may be called by texts; they are then numbered in the order of the file. */
async function readUnits(npz: Npz, labels: string): Promise<Units> {
  const ids = npz.names.includes('unit_ids') ? await npz.array('unit_ids') : undefined;
  const isText = ids?.header.type.kind === 'unicode' || ids?.header.type.kind === 'ascii';
  if (!isText) {
    const listed = ids && (await npz.numbers('unit_ids')).data;
    return { listed, unitNames: undefined, clusters: (await npz.numbers(labels)).data };
  }
  const unitNames = await npz.texts('unit_ids');
  const places = new Map(unitNames.map((name, i) => [name, i]));
  const texts = await npz.texts(labels);
  const lost = texts.findIndex((text) => !places.has(text));
  if (lost >= 0) {
    const message = `${npz.name}: a spike belongs to the unit ${JSON.stringify(texts[lost])}, which unit_ids does not list.`;
    throw new SomascopeError('Invalid', message, { file: npz.name, entry: labels, index: lost });
  }
  return { listed: unitNames.map((_, i) => i), unitNames, clusters: texts.map((text) => places.get(text)!) };
}
