import { expect, it } from 'vitest';
import { judgeChecksum, publishedFiles } from './checksums.ts';
import { publishedRecording } from './published.ts';

const RAW = '39ae3fcccd3803170dd97fc9a8799e7169214419';
const OTHER = 'a'.repeat(40);
const addresses = [{ sha1: 'b'.repeat(40), name: 'raw.bin', file: 'recording.json' }];

it('knows the raw files, motions, spike times and labels of the catalogue', () => {
  const files = publishedFiles();
  expect(files.every(({ sha1 }) => /^[0-9a-f]{40}$/.test(sha1))).toBe(true);
  expect(files.find(({ sha1 }) => sha1 === RAW)?.what).toBe('raw file of allen_mouse419112_probeE (full)');
  expect(files.some(({ what }) => what === 'spike times of cortexlab-single-phase-3 Curated')).toBe(true);
});

it('says what a file matches', () => {
  expect(judgeChecksum({ name: 'x.dat', sha1: RAW, isRaw: true }, [], [])).toEqual({
    kind: 'matches',
    text: "matches the catalogue's raw file of allen_mouse419112_probeE (full)",
  });
  expect(judgeChecksum({ name: 'y', sha1: addresses[0]!.sha1, isRaw: false }, addresses, [])).toEqual({
    kind: 'matches',
    text: 'matches the address in recording.json',
  });
});

it('says what a file differs from, by its name in an address or by what the recording is', () => {
  expect(judgeChecksum({ name: 'raw.bin', sha1: OTHER, isRaw: true }, addresses, []).text).toBe(
    `differs from the address in recording.json (${addresses[0]!.sha1})`,
  );
  const recordings = [publishedRecording('allen_mouse419112_probeE')!];
  expect(judgeChecksum({ name: 'c.dat', sha1: OTHER, isRaw: true }, [], recordings)).toEqual({
    kind: 'differs',
    text: `differs from the catalogue's raw file of allen_mouse419112_probeE (full) (${RAW})`,
  });
  expect(judgeChecksum({ name: 'spike_times.npy', sha1: OTHER, isRaw: false }, [], recordings).kind).toBe('unknown');
});
