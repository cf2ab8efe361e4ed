// The electrodes as the screen shows them: the recording's columns without digital words, each with its place on the probe, and in
// which order they stand above one another. Positions in µm, y from the tip up.
import { analogColumns, type RecordingInfo } from '../../../base/recording-info.ts';

export interface Electrodes {
  readonly count: number;
  readonly ids: readonly string[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly shank: Int32Array;
  /** Whether the files say where the electrodes are. */
  readonly placed: boolean;
  /** "µV", or "counts" where no gain is known. */
  readonly unit: string;
  /** Electrodes from the top of the screen down. */
  readonly byDepth: readonly number[];
  readonly byFile: readonly number[];
}

const UNKNOWN_PITCH = 20;

export function electrodesOf(info: RecordingInfo): Electrodes {
  const columns = analogColumns(info);
  const { probe } = info;
  const contacts = new Map<number, number>();
  probe?.column.forEach((column, contact) => {
    if (column >= 0) contacts.set(column, contact);
  });
  const contactOf = (column: number) => contacts.get(column);
  const place = (values: ArrayLike<number> | undefined, other: (i: number) => number) =>
    Float64Array.from(columns, (column, i) => {
      const contact = contactOf(column);
      return contact === undefined || !values ? other(i) : values[contact]!;
    });
  const x = place(probe?.x, () => 0);
  const y = place(probe?.y, (i) => UNKNOWN_PITCH * i);
  const shank = Int32Array.from(place(probe?.shank, () => 0));
  const byFile = columns.map((_, i) => i).reverse();
  const byDepth = columns.map((_, i) => i).sort((a, b) => shank[a]! - shank[b]! || y[b]! - y[a]! || x[a]! - x[b]!);
  return {
    count: columns.length,
    ids: columns.map((column) => info.channelIds[column] ?? String(column)),
    x,
    y,
    shank,
    placed: columns.some((column) => contactOf(column) !== undefined),
    unit: columns.every((column) => Number.isFinite(info.gain[column])) ? 'µV' : 'counts',
    byDepth,
    byFile,
  };
}

/** Rows of the screen from the top down, as the state orders them. */
export function rowsOf(electrodes: Electrodes, order: 'depth' | 'file'): readonly number[] {
  return order === 'depth' ? electrodes.byDepth : electrodes.byFile;
}

/** Column of the file that holds an electrode. */
export function columnOf(info: RecordingInfo, electrode: number): number {
  return analogColumns(info)[electrode] ?? -1;
}
