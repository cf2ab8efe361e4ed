import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VIRTUAL_FRAMES, virtualRecording, virtualSamples } from '../src/test/virtual-recording.ts';
import { writeSparseRecording } from './simulate/sparse-recording.ts';

it('writes 112 GB that take little room, with samples where they were asked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sparse-'));
  try {
    const from = 100_000_000;
    const { bin, meta, bytes } = writeSparseRecording(folder, [
      [0, 100],
      [from, from + 3100],
      [VIRTUAL_FRAMES - 5, VIRTUAL_FRAMES],
    ]);
    const { size, blocks } = statSync(bin);
    expect([size, bytes]).toEqual([112_205_135_350, 112_205_135_350]);
    expect(blocks * 512).toBeLessThan(100e6);
    expect(readFileSync(meta, 'utf8')).toContain('fileSizeBytes=112205135350');
    const file = openSync(bin, 'r');
    const buffer = new Int16Array(385 * 20);
    readSync(file, new Uint8Array(buffer.buffer), 0, buffer.byteLength, (from + 2990) * 770);
    closeSync(file);
    expect(buffer).toEqual(virtualSamples(virtualRecording().synth, from + 2990, from + 3010));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
