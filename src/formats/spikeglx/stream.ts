// Which stream a .meta file describes and what its columns are: the kind of each (AP band, LF band, digital word …) and its number
// among all acquired channels of that kind. Columns follow snsSaveChanSubset.
import { SomascopeError } from '../../base/errors.ts';
import { type Meta, metaCounts, metaNumber, parseSubset } from './meta.ts';

export type ColumnKind = 'AP' | 'LF' | 'SY' | 'MN' | 'MA' | 'XA' | 'XD';

export interface Column {
  readonly kind: ColumnKind;
  /** Counted from 0 among the acquired channels of its kind. */
  readonly number: number;
}

export interface Stream {
  readonly device: 'imec' | 'nidq' | 'obx';
  /** Hz; NaN where the file does not say. */
  readonly samplingRate: number;
  readonly columns: readonly Column[];
  readonly notices: readonly string[];
}

const DEVICES = {
  imec: { rate: 'imSampRate', counts: 'ApLfSy', kinds: ['AP', 'LF', 'SY'] },
  nidq: { rate: 'niSampRate', counts: 'MnMaXaDw', kinds: ['MN', 'MA', 'XA', 'XD'] },
  obx: { rate: 'obSampRate', counts: 'XaDwSy', kinds: ['XA', 'XD', 'SY'] },
} as const;

const MOST_CHANNELS = 65_536;

/** Throws Invalid where the number of saved channels is missing or impossible. */
export function streamOf(meta: Meta): Stream {
  const notices: string[] = [];
  const device = deviceOf(meta);
  const { rate, counts, kinds } = DEVICES[device];
  const saved = metaCounts(meta, `sns${counts}`);
  const said = metaNumber(meta, 'nSavedChans');
  const sum = saved?.reduce((total, count) => total + count, 0);
  const channels = Number.isNaN(said) ? sum : said;
  if (channels === undefined || !Number.isInteger(channels) || channels < 1 || channels > MOST_CHANNELS) {
    const message = 'The number of saved channels (nSavedChans) is missing or impossible.';
    throw new SomascopeError('Invalid', message, { file: meta.file }, 'Get the .meta file again.');
  }
  if (sum !== undefined && sum !== channels) {
    notices.push(`${meta.file}: nSavedChans is ${channels}, but sns${counts} adds up to ${sum}; ${channels} columns are read.`);
  }
  const samplingRate = metaNumber(meta, rate);
  if (!(samplingRate > 0)) notices.push(`${meta.file}: the sampling rate (${rate}) is missing; times are in samples.`);
  const columns = bySubset(meta, counts, kinds, channels) ?? inOrder(saved, kinds, channels);
  return { device, samplingRate: samplingRate > 0 ? samplingRate : Number.NaN, columns, notices };
}

/** Phase 3A files may lack typeThis; their rate tells the device. */
function deviceOf(meta: Meta): Stream['device'] {
  const type = meta.values.get('typeThis') ?? meta.values.get('typeEnabled');
  if (type === 'imec' || type === 'nidq' || type === 'obx') return type;
  return meta.values.has('niSampRate') && !meta.values.has('imSampRate') ? 'nidq' : 'imec';
}

/** Columns by their acquired number; undefined where the file does not say which were acquired and which were saved. */
function bySubset(meta: Meta, counts: string, kinds: readonly ColumnKind[], channels: number): Column[] | undefined {
  const acquired = metaCounts(meta, `acq${counts}`);
  const text = meta.values.get('snsSaveChanSubset');
  if (!acquired || acquired.length !== kinds.length || text === undefined) return undefined;
  const total = acquired.reduce((sum, count) => sum + count, 0);
  const numbers = parseSubset(text, total);
  if (numbers?.length !== channels || numbers.some((number) => number >= total)) return undefined;
  return numbers.map((acquiredNumber) => {
    let kind = 0;
    let number = acquiredNumber;
    while (number >= acquired[kind]!) number -= acquired[kind++]!;
    return { kind: kinds[kind]!, number };
  });
}

/** Columns in the order of their kinds, numbered as if all had been saved; one AP band with a digital word where nothing says more. */
function inOrder(saved: readonly number[] | undefined, kinds: readonly ColumnKind[], channels: number): Column[] {
  const columns = (saved ?? []).flatMap((count, k) =>
    k < kinds.length && count <= channels ? Array.from({ length: count }, (_, number) => ({ kind: kinds[k]!, number })) : [],
  );
  while (columns.length < channels) columns.push({ kind: kinds[0]!, number: columns.length });
  return columns.slice(0, channels);
}
