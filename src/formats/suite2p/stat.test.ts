import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSomascopeError, type SomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { writeNpy } from '../npy/index.ts';
import { readIsCell, readStat } from './stat.ts';

const { suite2p } = JSON.parse(readFileSync(new URL('../../test/golden/pickle/cases.json', import.meta.url), 'utf8'));
const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));
const STAT = bytesOf(suite2p.stat);

function refusal(read: () => unknown): SomascopeError {
  try {
    read();
  } catch (error) {
    if (isSomascopeError(error) && error.tag !== 'Bug') return error;
    throw error;
  }
  throw new Error('it was read');
}

it('gives the pixels of every cell, rows before columns', () => {
  const { regions, numbers, bad, count } = readStat(STAT, { file: 'stat.npy' });
  expect([numbers, bad, count]).toEqual([[0, 1, 2], [], 3]);
  regions.forEach(({ points, dims }, i) => {
    const [rows, cols] = suite2p.cells[i] as [string[], string[]];
    expect(dims).toBe(2);
    expect([...points]).toEqual(rows.flatMap((row, k) => [Number(row), Number(cols[k])]));
  });
});

it('refuses a stat.npy that asks for anything else, by name and byte of the file', () => {
  const bytes = bytesOf(suite2p.hostile);
  const error = refusal(() => readStat(bytes, { file: 'stat.npy' }));
  expect(error.tag).toBe('Unsafe');
  const at = error.place.byte!;
  expect(error.message).toContain(`asks for posix.system at byte ${at},`);
  expect([0x63, 0x93]).toContain(bytes[at]);
});

it('refuses arrays of numbers, other pickles, and other people’s npy files', () => {
  const numbers = writeNpy({ data: Float32Array.of(1, 2), shape: [2] });
  expect(refusal(() => readStat(numbers, { file: 'stat.npy' })).message).toContain('Python objects are expected');
  const empty = STAT.slice();
  empty.set(Buffer.from('\x80\x04N.', 'latin1'), 128);
  expect(refusal(() => readStat(empty, {})).message).toContain('no list of cells');
});

it('cut anywhere or with bits flipped: cells or a typed error', () => {
  for (let length = 0; length < STAT.length; length += 1 + (length % 3)) refusal(() => readStat(STAT.slice(0, length), {}));
  const rng = makeRng(3);
  for (let trial = 0; trial < 1500; trial++) {
    const copy = STAT.slice();
    copy[rng.below(copy.length)]! ^= 1 << rng.below(8);
    try {
      readStat(copy, {});
    } catch (error) {
      if (!isSomascopeError(error) || error.tag === 'Bug') throw error;
    }
  }
});

it('reads iscell.npy with and without probabilities, and refuses that of another folder', () => {
  expect(readIsCell(bytesOf(suite2p.iscell), 3, {})).toEqual({ isCell: [true, false, true], probability: [0.9, 0.2, 0.6] });
  const bare = writeNpy({ data: Float64Array.of(0, 1), shape: [2] });
  expect(readIsCell(bare, 2, {})).toEqual({ isCell: [false, true], probability: [Number.NaN, Number.NaN] });
  expect(refusal(() => readIsCell(bare, 3, { file: 'iscell.npy' })).message).toContain('array (2), and stat.npy has 3 cells');
});

describeWithData('a folder that suite2p wrote', () => {
  const file = (name: string) => Uint8Array.from(readFileSync(dataPath(`calcium-suite2p-out/${name}`)));

  it('has the 23 cells that numpy reads, pixel for pixel', () => {
    const cells: { ypix: number[]; xpix: number[] }[] = JSON.parse(readFileSync(goldenPath('real/suite2p_stat.json'), 'utf8'));
    const { regions, bad, count } = readStat(file('stat.npy'), { file: 'stat.npy' });
    expect([bad, count]).toEqual([[], cells.length]);
    cells.forEach(({ ypix, xpix }, i) => {
      expect([...regions[i]!.points]).toEqual(ypix.flatMap((row, k) => [row, xpix[k]]));
    });
    const { isCell, probability } = readIsCell(file('iscell.npy'), count, {});
    expect(isCell).toHaveLength(count);
    expect(probability.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
