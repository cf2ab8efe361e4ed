// Chosen columns and frames of a recording as a flat file, time-major, little-endian, without header, and the three tables that the
// data set's own script wrote beside it: channel locations (whole µm, comma), channel ids, and their number.
import { BYTES, makeArray } from '../../base/ndarray.ts';
import type { Probe } from '../../base/probe.ts';
import type { RecordingInfo } from '../../base/recording-info.ts';
import { throwIfAborted } from '../../base/steps.ts';
import type { Recording } from '../recording.ts';

export interface Subset {
  /** Columns of the recording, in the order in which they are written. */
  readonly columns: readonly number[];
  readonly start: number;
  /** Excluded. */
  readonly end: number;
}

const PIECE_BYTES = 8 * 2 ** 20;

export function subsetBytes({ dtype }: Pick<RecordingInfo, 'dtype'>, { columns, start, end }: Subset): number {
  return (end - start) * columns.length * BYTES[dtype];
}

/** The bytes of `subset`, a piece of at most 8 MB (of the source) at a time. Samples keep their type and are not scaled. */
export async function* writeSubset(
  recording: Recording,
  { columns, start, end }: Subset,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { channels, dtype } = recording;
  const step = Math.max(1, Math.floor(PIECE_BYTES / (channels * BYTES[dtype])));
  for (let from = start; from < end; from += step) {
    throwIfAborted(signal);
    const to = Math.min(from + step, end);
    const all = await recording.read(from, to, signal);
    const chosen = makeArray(dtype, (to - from) * columns.length);
    let at = 0;
    for (let frame = 0; frame < to - from; frame++) {
      for (const column of columns) chosen[at++] = all[frame * channels + column]!;
    }
    yield new Uint8Array(chosen.buffer, chosen.byteOffset, chosen.byteLength);
  }
}

export interface SubsetTables {
  readonly channelLocations: string | undefined;
  readonly channelIds: string;
  readonly numChannels: string;
}

/** The tables beside `<id>.dat`, in the order of `columns`; no locations where the probe does not hold all of them. */
export function subsetTables({ channelIds }: RecordingInfo, probe: Probe | undefined, columns: readonly number[]): SubsetTables {
  const places = columns.map((column) => probe?.column.indexOf(column) ?? -1);
  const location = (place: number) => `${Math.trunc(probe!.x[place]!)},${Math.trunc(probe!.y[place]!)}\n`;
  return {
    channelLocations: places.includes(-1) ? undefined : places.map(location).join(''),
    channelIds: columns.map((column) => `${idOf(channelIds[column]!, column)}\n`).join(''),
    numChannels: `${columns.length}\n`,
  };
}

/** The script wrote whole numbers: those at the end of a name like AP12, else the column. */
function idOf(name: string, column: number): string {
  return /^(?:\D*)(\d+)$/.exec(name)?.[1] ?? String(column);
}
