// µV a count: AiRangeMax / MaxInt / gain, by SpikeGLX's documented rule. Digital words have none.
// Source: https://billkarsh.github.io/SpikeGLX/Support/SpikeGLX_Datafile_Tools.html
import { groupNumbers, type Meta, metaGroups, metaNumber } from './meta.ts';
import { type ProbeType, probeTypeOf } from './probe-types.ts';
import type { Column, Stream } from './stream.ts';

export interface Gains {
  /** Per column; NaN for digital words and where nothing says it. */
  readonly gain: Float64Array<ArrayBuffer>;
  readonly notices: readonly string[];
}

export function gainsOf(meta: Meta, { device, columns }: Stream): Gains {
  return device === 'imec' ? imecGains(meta, columns) : boardGains(meta, device, columns);
}

/** The probe's type: files of phase 3A say none, and are Neuropixels 1.0 (type 0). */
export function typeNumber(meta: Meta): number {
  return meta.values.has('imDatPrb_type') ? metaNumber(meta, 'imDatPrb_type') : 0;
}

function imecGains(meta: Meta, columns: readonly Column[]): Gains {
  const { file, values } = meta;
  const number = typeNumber(meta);
  const type = probeTypeOf(number);
  const range = metaNumber(meta, 'imAiRangeMax');
  const maxInt = values.has('imMaxInt') ? metaNumber(meta, 'imMaxInt') : (type?.maxInt ?? Number.NaN);
  const ofColumn = amplifierGain(meta, type);
  const gain = Float64Array.from(columns, (column) =>
    isDigital(column.kind) ? Number.NaN : microvolts(range, maxInt, ofColumn(column)),
  );
  const isKnown = columns.every(({ kind }, i) => kind === 'SY' || !Number.isNaN(gain[i]!));
  const notices: string[] = [];
  if (!type) {
    const name = values.get('imDatPrb_pn') ?? '';
    const after = isKnown ? 'Its own gain is used' : 'The samples are shown in counts, not µV';
    notices.push(
      `${file}: the probe type ${values.get('imDatPrb_type')} ${name && `(${name}) `}is not known. ${after}; check the scale against your own reader.`,
    );
  } else if (!isKnown) {
    notices.push(
      `${file}: the gain of some channels is missing (imAiRangeMax, imMaxInt, ~imroTbl); they are shown in counts. Copy the .meta again, it may be cut off.`,
    );
  }
  return { gain, notices };
}

/** The amplifier's gain of a column, as its type of probe writes it. */
function amplifierGain(meta: Meta, type: ProbeType | undefined): (column: Column) => number {
  const [header = '', ...entries] = metaGroups(meta, 'imroTbl');
  const own = { AP: metaNumber(meta, 'imChan0apGain'), LF: metaNumber(meta, 'imChan0lfGain') };
  const bandOf = (column: Column) => (column.kind === 'LF' ? 'LF' : 'AP');
  if (type?.gains === 'entries') {
    const rows = new Map(entries.map(groupNumbers).map((row) => [row[0]!, row]));
    return (column) => rows.get(column.number)?.[column.kind === 'LF' ? 4 : 3] ?? own[bandOf(column)];
  }
  if (type?.gains === 'header') {
    const numbers = groupNumbers(header);
    return (column) => numbers[column.kind === 'LF' ? 4 : 3] ?? own[bandOf(column)];
  }
  const fixed = type?.gain ?? Number.NaN;
  return (column) => (Number.isNaN(own[bandOf(column)]) ? fixed : own[bandOf(column)]);
}

function boardGains(meta: Meta, device: 'nidq' | 'obx', columns: readonly Column[]): Gains {
  const prefix = device === 'nidq' ? 'ni' : 'ob';
  const range = metaNumber(meta, `${prefix}AiRangeMax`);
  const maxInt = meta.values.has(`${prefix}MaxInt`) ? metaNumber(meta, `${prefix}MaxInt`) : 32_768;
  const amplifiers: Partial<Record<Column['kind'], number>> = {
    MN: metaNumber(meta, 'niMNGain'),
    MA: metaNumber(meta, 'niMAGain'),
    XA: 1,
  };
  const gain = Float64Array.from(columns, ({ kind }) => microvolts(range, maxInt, amplifiers[kind] ?? Number.NaN));
  const isKnown = columns.every(({ kind }, i) => isDigital(kind) || !Number.isNaN(gain[i]!));
  const notice = `${meta.file}: the range or gain of the board is missing; its channels are shown in counts.`;
  return { gain, notices: isKnown ? [] : [notice] };
}

export function isDigital(kind: Column['kind']): boolean {
  return kind === 'SY' || kind === 'XD';
}

function microvolts(range: number, maxInt: number, gain: number): number {
  const scale = ((range / maxInt) * 1e6) / gain;
  return Number.isFinite(scale) && scale > 0 ? scale : Number.NaN;
}
