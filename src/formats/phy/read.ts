// A phy or Kilosort folder: spikes, their clusters, the tables beside them and the channels. Arrays may be in Fortran order, (n, 1),
// uint64 or float64. What is large and rarely needed (templates, features) is read by `templates.ts` and `features.ts`.
import { SomascopeError } from '../../base/errors.ts';
import type { Probe } from '../../base/probe.ts';
import { readNpyList, readNpyNumbers } from '../npy/index.ts';
import { inOrder, type OrderedSorting, orderedSorting } from '../sorting.ts';
import type { ByteSource } from '../source.ts';
import { readChannels } from './channels.ts';
import { type PhyParameters, parseParameters } from './parameters.ts';
import { CLUSTER_TABLE, fieldsOf, parseClusterTable } from './tables.ts';

/** The files of one folder by their name, without path. */
export type PhyFiles = ReadonlyMap<string, ByteSource>;

export interface PhySorting extends OrderedSorting {
  /** Template of each spike, in the order of time; undefined where the folder does not say. */
  readonly spikeTemplates: Int32Array<ArrayBuffer> | undefined;
  readonly parameters: PhyParameters | undefined;
  readonly probe: Probe | undefined;
}

/**
 * Units are the clusters with spikes ("curated"); `unitsInGroup(sorting, 'good')` are "curated_good". Throws Invalid or CutOff for
 * spike times and clusters that cannot be read or do not fit each other; what else is damaged is told in `notices`.
 */
export async function readPhy(name: string, files: PhyFiles, signal?: AbortSignal): Promise<PhySorting> {
  const timesFile = files.get('spike_times.npy');
  const clustersFile = files.get('spike_clusters.npy') ?? files.get('spike_templates.npy');
  if (!timesFile || !clustersFile) {
    const missing = timesFile ? 'spike_clusters.npy' : 'spike_times.npy';
    throw new SomascopeError('Invalid', `${name} has no ${missing}.`, { file: name }, 'Drop the whole folder of the sorting.');
  }
  const notices: string[] = [];
  const optional = async <T>(file: string, read: (source: ByteSource) => Promise<T>): Promise<T | undefined> => {
    const source = files.get(file);
    if (!source) return undefined;
    try {
      return await read(source);
    } catch (error) {
      if (!(error instanceof SomascopeError) || error.tag === 'Aborted' || error.tag === 'FileChanged') throw error;
      notices.push(`${source.name} was left out: ${error.message}`);
      return undefined;
    }
  };
  const times = await readNpyList(timesFile, signal);
  const clusters = await readNpyList(clustersFile, signal);
  const parameters = await optional('params.py', async (source) => parseParameters(await textOf(source, signal), source.name));
  const spikeTemplates = await optional('spike_templates.npy', (source) => readNpyList(source, signal));
  const amplitudes = await optional('amplitudes.npy', (source) => readNpyList(source, signal));
  const positions = await optional('spike_positions.npy', async (source) => pairs(await readNpyNumbers(source, signal), source));
  const channels = await optional('channel_positions.npy', () => readChannels(files, parameters?.channels, signal));
  const sorting = orderedSorting({
    name,
    format: 'phy',
    samplingRate: parameters?.samplingRate ?? Number.NaN,
    times,
    clusters,
    amplitudes,
    positions,
  });
  const tables = [];
  for (const file of [...files.keys()].filter((one) => CLUSTER_TABLE.test(one)).sort(infoLast)) {
    const table = await optional(file, async (source) => parseClusterTable(await textOf(source, signal), file));
    if (table) tables.push(table);
  }
  const labels = fieldsOf(tables, sorting.unitIds);
  const { order } = sorting;
  const isWhole = spikeTemplates?.length === times.length;
  return {
    ...sorting,
    fields: labels.fields,
    spikeTemplates: isWhole ? inOrder(spikeTemplates, order, new Int32Array(times.length)) : undefined,
    parameters,
    probe: channels?.probe,
    notices: [...sorting.notices, ...notices, ...(parameters?.notices ?? []), ...(channels?.notices ?? []), ...labels.notices],
  };
}

const TABLE_LIMIT = 64 * 2 ** 20;

async function textOf(source: ByteSource, signal: AbortSignal | undefined): Promise<string> {
  if (source.size > TABLE_LIMIT) throw new SomascopeError('Unsafe', 'It is too large to be a table.', { file: source.name });
  return new TextDecoder().decode(await source.read(0, source.size, signal));
}

/** cluster_info.tsv is an export of the others, and the first to be out of date. */
function infoLast(a: string, b: string): number {
  return Number(/_info\./i.test(a)) - Number(/_info\./i.test(b)) || (a < b ? -1 : 1);
}

function pairs({ data, shape }: { data: ArrayLike<number>; shape: readonly number[] }, { name }: ByteSource): ArrayLike<number> {
  if (shape.length === 2 && shape[1] === 2) return data;
  throw new SomascopeError('Invalid', `it holds an array (${shape.join(', ')}), not a pair a spike.`, { file: name });
}
