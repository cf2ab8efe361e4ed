// The virtual recording of 112 GB as a file that a browser can open: sparse, so that it takes a few megabytes of disk; samples lie
// only in the stretches that are asked for, the rest reads as zeros.
import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { VIRTUAL_FRAMES, virtualRecording, virtualSamples } from '../../src/test/virtual-recording.ts';

export interface SparseRecording {
  readonly bin: string;
  readonly meta: string;
  readonly bytes: number;
  readonly frames: number;
}

/** Writes `<name>.bin` and `<name>.meta` into `folder`; `stretches` are frames [from, to). */
export function writeSparseRecording(
  folder: string,
  stretches: readonly (readonly [from: number, to: number])[],
  frames = VIRTUAL_FRAMES,
): SparseRecording {
  const { synth, columns, source, meta } = virtualRecording(frames);
  const bin = join(folder, source.name);
  const metaPath = bin.replace(/\.bin$/, '.meta');
  const file = openSync(bin, 'w');
  try {
    ftruncateSync(file, source.size);
    for (const [from, to] of stretches) {
      for (let at = from; at < to; at += 3000) {
        const samples = virtualSamples(synth, at, Math.min(at + 3000, to));
        writeSync(file, new Uint8Array(samples.buffer), 0, samples.byteLength, at * columns * 2);
      }
    }
  } finally {
    closeSync(file);
  }
  writeFileSync(metaPath, meta);
  return { bin, meta: metaPath, bytes: source.size, frames };
}
