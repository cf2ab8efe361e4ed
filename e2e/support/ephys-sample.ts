// The files of the Neuropixels sample, to be dropped as they are or damaged in one place.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { unzip } from 'unzipit';
import { cbinHeader } from '../../src/test/cbin-header.ts';
import { writeZip } from '../../src/test/zip-writer.ts';
import type { TestFile } from './open.ts';

const SAMPLE = join(import.meta.dirname, '../../public/samples/ephys.zip');

export async function sampleZip(): Promise<TestFile> {
  return { name: 'session.zip', bytes: new Uint8Array(await readFile(SAMPLE)) };
}

/** By their names without folders. */
export async function sampleFiles(): Promise<Record<string, Uint8Array>> {
  const { entries } = await unzip(new Uint8Array(await readFile(SAMPLE)));
  const files: Record<string, Uint8Array> = {};
  for (const [path, entry] of Object.entries(entries))
    if (!path.endsWith('/')) files[path.split('/').at(-1)!] = new Uint8Array(await entry.arrayBuffer());
  return files;
}

/** `change` gives other bytes for some, and null for those that are left out. */
export async function sampleWith(change: Record<string, Uint8Array | string | null>): Promise<TestFile[]> {
  const files: Record<string, Uint8Array | string | null> = { ...(await sampleFiles()), ...change };
  return Object.entries(files).flatMap(([name, bytes]) =>
    bytes === null ? [] : [{ name, bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes }],
  );
}

/** A .npy of version 1 with a list of int32 or int64. */
export function npyList(
  values: readonly number[],
  descr: '<i4' | '<i8' | '<f4' = '<i4',
  shape = `(${values.length},)`,
): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117);
  const data =
    descr === '<i8' ? BigInt64Array.from(values, BigInt) : descr === '<i4' ? Int32Array.from(values) : Float32Array.from(values);
  const bytes = new Uint8Array(128 + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  bytes.set(new TextEncoder().encode(`${header}\n`), 10);
  bytes.set(new Uint8Array(data.buffer), 128);
  return bytes;
}

/** A sorting as SpikeInterface saves it: per segment the frames of each unit's spikes. */
export async function sortingNpz(
  name: string,
  rate: number,
  ...segments: readonly Readonly<Record<number, readonly number[]>>[]
): Promise<TestFile> {
  const spikes = segments.map((units) =>
    Object.entries(units)
      .flatMap(([unit, times]) => times.map((time) => ({ unit: Number(unit), time })))
      .sort((a, b) => a.time - b.time),
  );
  const ids = [...new Set(spikes.flat().map(({ unit }) => unit))].sort((a, b) => a - b);
  const arrays: Record<string, Uint8Array> = {
    unit_ids: npyList(ids, '<i8'),
    num_segment: npyList([segments.length], '<i8'),
    sampling_frequency: npyList([rate], '<f4'),
  };
  spikes.forEach((list, i) => {
    arrays[`spike_indexes_seg${i}`] = npyList(
      list.map(({ time }) => time),
      '<i8',
    );
    arrays[`spike_labels_seg${i}`] = npyList(
      list.map(({ unit }) => unit),
      '<i8',
    );
  });
  const items = Object.entries(arrays).map(([array, data]) => ({ name: `${array}.npy`, data, method: 0 }));
  return { name, bytes: await writeZip(items) };
}

/** The integers of a .npy of version 1. */
export function readIntegers(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 10 + view.getUint16(8, true);
  const isLong = /'descr': *'[<|]?[iu]8'/.test(new TextDecoder('latin1').decode(bytes.subarray(10, start)));
  const data = bytes.slice(start).buffer;
  return isLong ? Array.from(new BigInt64Array(data), Number) : Array.from(new Int32Array(data));
}

/** A recording as mtscomp compresses it, in chunks of `step` frames: int16 [frame][channel] as differences along time, C order. */
export function compressed(samples: Int16Array, channels: number, step: number): { cbin: Uint8Array; ch: string } {
  const frames = samples.length / channels;
  const bounds = [0];
  const offsets = [0];
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < frames; from += step) {
    const to = Math.min(frames, from + step);
    const chunk = samples.slice(from * channels, to * channels);
    for (let i = chunk.length - 1; i >= channels; i--) chunk[i]! -= chunk[i - channels]!;
    chunks.push(deflateSync(new Uint8Array(chunk.buffer)));
    bounds.push(to);
    offsets.push(offsets.at(-1)! + chunks.at(-1)!.length);
  }
  const ch = cbinHeader({ channels, rate: 30_000, bounds, offsets, order: 'C' });
  return { cbin: new Uint8Array(Buffer.concat(chunks)), ch };
}
