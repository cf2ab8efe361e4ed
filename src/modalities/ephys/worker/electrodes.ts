// The electrodes of a recording in ascending column, and what the chain must know of them. Positions in µm.
import { analogColumns, type RecordingInfo } from '../../../base/recording-info.ts';
import type { ChannelContext } from '../../../pipeline/ephys/block.ts';

/** Distance in µm at which electrodes are drawn whose places nobody knows. */
const UNKNOWN_PITCH = 20;
/** What is assumed where the file does not say its rate: Hz. */
export const ASSUMED_RATE = 30_000;

export interface Electrodes {
  /** Column of each electrode. */
  readonly columns: Int32Array<ArrayBuffer>;
  /** µV a count, and at count 0; 1 and 0 where unknown, so that values are counts. */
  readonly gain: Float64Array<ArrayBuffer>;
  readonly offset: Float64Array<ArrayBuffer>;
  readonly context: ChannelContext;
}

const known = new WeakMap<RecordingInfo, Electrodes>();

export function electrodesOf(info: RecordingInfo): Electrodes {
  const found = known.get(info);
  if (found) return found;
  const made = makeElectrodes(info);
  known.set(info, made);
  return made;
}

function makeElectrodes(info: RecordingInfo): Electrodes {
  const columns = Int32Array.from(analogColumns(info));
  const { probe } = info;
  const contacts = new Map<number, number>();
  probe?.column.forEach((column, contact) => {
    if (column >= 0) contacts.set(column, contact);
  });
  const positions = new Float64Array(2 * columns.length);
  const shanks = new Int32Array(columns.length);
  const shifts = new Float64Array(columns.length);
  columns.forEach((column, i) => {
    const contact = contacts.get(column);
    positions[2 * i] = contact === undefined ? 0 : probe!.x[contact]!;
    positions[2 * i + 1] = contact === undefined ? UNKNOWN_PITCH * i : probe!.y[contact]!;
    shanks[i] = contact === undefined ? 0 : probe!.shank[contact]!;
    shifts[i] = contact === undefined ? 0 : (probe!.adcShift?.[contact] ?? 0);
  });
  const rate = Number.isFinite(info.samplingRate) ? info.samplingRate : ASSUMED_RATE;
  return {
    columns,
    gain: Float64Array.from(columns, (column) => (Number.isFinite(info.gain[column]) ? info.gain[column]! : 1)),
    offset: Float64Array.from(columns, (column) => (Number.isFinite(info.offset[column]) ? info.offset[column]! : 0)),
    context: { rate, positions, shanks, sampleShifts: shifts },
  };
}
