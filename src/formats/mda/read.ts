// Recordings, sortings and geometry in MountainSort's files: raw.mda [channel, sample] (time-major on disk), firings.mda
// [row, spike] with rows peak channel (1-based), time in samples, label.
import { SomascopeError } from '../../base/errors.ts';
import { BYTES, type NumericArray, viewArray } from '../../base/ndarray.ts';
import { grouped } from '../../base/number-format.ts';
import { flatSamples, sampleType } from '../flat-binary/index.ts';
import { type Recording, recordingOf } from '../recording.ts';
import { type OrderedSorting, orderedSorting } from '../sorting.ts';
import type { ByteSource } from '../source.ts';
import { type MdaHeader, mdaCutOff, readMdaHeader } from './header.ts';

/** Hz; NaN where unknown. Frames missing at the end are told. Throws as `readMdaHeader`, and Invalid where there are not two axes. */
export async function openMda(source: ByteSource, samplingRate: number, signal?: AbortSignal): Promise<Recording> {
  const { name, size } = source;
  const { dtype, shape, dataOffset } = await readMdaHeader(source, signal);
  const [channels = 0, frames = 0] = shape;
  if (shape.length !== 2) {
    const message = `${name} holds an array (${shape.join(', ')}); a recording is [channel, sample].`;
    throw new SomascopeError('Invalid', message, { file: name });
  }
  const end = Math.min(size, dataOffset + channels * frames * BYTES[dtype]);
  const samples = flatSamples(name, [{ ...source, size: end }], { type: sampleType(dtype, name), channels, header: dataOffset });
  const missing = frames - samples.frames;
  const cut = `${name} is cut off: ${grouped(missing)} of its ${grouped(frames)} frames are missing. Copy it again; the others are shown.`;
  return recordingOf(
    { ...samples, notices: missing > 0 ? [cut] : [] },
    { format: 'MDA', samplingRate, gain: new Float64Array(channels).fill(Number.NaN) },
  );
}

export interface MdaArray extends MdaHeader {
  /** First axis fastest. */
  readonly data: NumericArray;
}

const MOST_BYTES = 2 ** 30;

/** A whole array. Throws as `readMdaHeader`, CutOff where items are missing, Unsafe above 1 GB. */
export async function readMda(source: ByteSource, signal?: AbortSignal): Promise<MdaArray> {
  const header = await readMdaHeader(source, signal);
  const { dtype, dataOffset, count } = header;
  const bytes = count * BYTES[dtype];
  if (dataOffset + bytes > source.size) throw mdaCutOff(header, source.name, source.size);
  if (bytes > MOST_BYTES)
    throw new SomascopeError('Unsafe', `${source.name} is too large to be read whole.`, { file: source.name });
  const data = await source.read(dataOffset, bytes, signal);
  return { ...header, data: viewArray(dtype, data.buffer, 0, count) };
}

export interface Firings extends OrderedSorting {
  /** Column of the largest deflection of each spike, from 0, -1 for none; in the order of time. */
  readonly peakChannels: Int32Array<ArrayBuffer>;
}

/** Throws Invalid where the array has fewer than three rows, else as `readMda` and `orderedSorting`. */
export async function readFirings(source: ByteSource, samplingRate: number, signal?: AbortSignal): Promise<Firings> {
  const { name } = source;
  const { data, shape } = await readMda(source, signal);
  const [rows = 0, spikes = 0] = shape;
  if (shape.length !== 2 || rows < 3) {
    const message = `${name} holds an array (${shape.join(', ')}); firings have three rows: channel, time, label.`;
    throw new SomascopeError('Invalid', message, { file: name });
  }
  const row = (r: number) => Float64Array.from({ length: spikes }, (_, i) => data[i * rows + r]!);
  const sorting = orderedSorting({ name, format: 'MDA', samplingRate, times: row(1), clusters: row(2) });
  const channels = row(0);
  const { order } = sorting;
  return { ...sorting, peakChannels: Int32Array.from(channels, (_, i) => channels[order ? order[i]! : i]! - 1) };
}
