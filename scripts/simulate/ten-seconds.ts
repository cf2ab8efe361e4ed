// Ten seconds of the virtual recording as SpikeGLX writes them and as mtscomp packs them: one second of samples ten times over, so that
// they are made quickly and still look like a recording. And a sorting of many spikes and units, phy's files.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { joinBytes } from '../../src/base/bytes.ts';
import { makeRng } from '../../src/base/rng.ts';
import { int64Pieces, writeNpy } from '../../src/formats/npy/index.ts';
import { cbinHeader } from '../../src/test/cbin-header.ts';
import { virtualRecording, virtualSamples } from '../../src/test/virtual-recording.ts';

const RATE = 30_000;
export const SECONDS = 10;

/** Writes ten.bin and ten.meta; returns their paths. */
export function writeTenSeconds(folder: string): { readonly files: readonly string[]; readonly second: Int16Array<ArrayBuffer> } {
  const { synth, meta, source } = virtualRecording(SECONDS * RATE);
  const second = virtualSamples(synth, 0, RATE);
  const bytes = new Uint8Array(second.buffer);
  const bin = join(folder, source.name);
  writeFileSync(bin, Buffer.concat(Array.from({ length: SECONDS }, () => bytes)));
  const metaPath = bin.replace(/\.bin$/, '.meta');
  writeFileSync(metaPath, meta);
  return { files: [bin, metaPath], second };
}

/** Writes the same samples as .cbin with .ch, a second a chunk; returns the paths and the bytes that they unpack to. */
export function writePacked(
  folder: string,
  second: Int16Array<ArrayBuffer>,
): { readonly files: readonly string[]; readonly bytes: number } {
  const channels = second.length / RATE;
  // [channel][frame], differences along time.
  const differences = new Int16Array(second.length);
  for (let c = 0; c < channels; c++) {
    for (let t = 0; t < RATE; t++)
      differences[c * RATE + t] = t === 0 ? second[c]! : second[t * channels + c]! - second[(t - 1) * channels + c]!;
  }
  const chunk = deflateSync(new Uint8Array(differences.buffer));
  const at = Array.from({ length: SECONDS + 1 }, (_, i) => i);
  const ch = cbinHeader({
    channels,
    rate: RATE,
    bounds: at.map((i) => i * RATE),
    offsets: at.map((i) => i * chunk.length),
    order: 'F',
  });
  const cbin = join(folder, 'packed_g0_t0.imec0.ap.cbin');
  const chPath = join(folder, 'packed_g0_t0.imec0.ap.ch');
  writeFileSync(cbin, Buffer.concat(Array.from({ length: SECONDS }, () => chunk)));
  writeFileSync(chPath, ch);
  return { files: [cbin, chPath], bytes: SECONDS * second.byteLength };
}

/** Times in frames and units of `count` spikes over an hour. */
export function manySpikes(
  count: number,
  units: number,
): { times: Float64Array<ArrayBuffer>; clusters: Int32Array<ArrayBuffer> } {
  const rng = makeRng(10);
  const mean = (3600 * RATE) / count;
  const times = new Float64Array(count);
  const clusters = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    at += rng.below(Math.floor(2 * mean));
    times[i] = at;
    // Some units fire much more than others.
    clusters[i] = Math.floor(units * (rng.below(65_536) / 65_536) ** 1.5);
  }
  return { times, clusters };
}

/** Writes them as spike_times.npy, spike_clusters.npy and params.py. */
export function writeSorting(folder: string, count: number, units: number): readonly string[] {
  const { times, clusters } = manySpikes(count, units);
  const write = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  return [
    write('spike_times.npy', joinBytes([...int64Pieces(times)])),
    write('spike_clusters.npy', writeNpy({ data: clusters, shape: [count] })),
    write('params.py', `dat_path = []\nn_channels_dat = 384\ndtype = 'int16'\noffset = 0\nsample_rate = ${RATE}.\n`),
  ];
}
