import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { readConf, readInfo } from './info.ts';
import { readRegions } from './regions.ts';
import { readResults } from './results.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const region = {
  id: 1,
  coordinates: [
    [1, 2],
    [3, 4],
  ],
};
const SAMPLES: [string, (bytes: Uint8Array) => unknown, Uint8Array][] = [
  [
    'info.json',
    readInfo,
    encode({ id: 'a', 'rate-hz': 7, 'pixels-per-micron': '1.15', contributors: ['Ä B'], dimensions: [512, 512, 30] }),
  ],
  ['conf.json', readConf, encode({ dims: [512, 490], dtype: 'uint16' })],
  [
    'regions.json',
    (bytes) => readRegions(bytes, { height: 10, width: 10 }),
    encode([region, { coordinates: [3, 4] }, { coordinates: [[2.5, 1]] }]),
  ],
  [
    'submission.json',
    readResults,
    encode([
      { dataset: '00.00.test', sources: [region] },
      { dataset: '00.01.test', regions: [region], sources: [region] },
    ]),
  ],
];

/** True where it was read, false where it was refused as it should be; anything else is thrown. */
function isRead(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): boolean {
  try {
    read(bytes);
    return true;
  } catch (error) {
    if (isSomascopeError(error) && error.message !== '') return false;
    throw error;
  }
}

it.each(SAMPLES)('%s cut at any byte is refused', (_name, read, bytes) => {
  expect(isRead(read, bytes)).toBe(true);
  for (let length = 0; length < bytes.length; length++)
    expect(isRead(read, bytes.slice(0, length)), `${length} bytes`).toBe(false);
});

it.each(SAMPLES)('%s with any bit flipped, or many bytes replaced, gives values or a typed error', (_name, read, bytes) => {
  let refused = 0;
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const copy = bytes.slice();
    copy[bit >> 3]! ^= 1 << (bit & 7);
    if (!isRead(read, copy)) refused++;
  }
  expect(refused).toBeGreaterThan(bytes.length);
  const rng = makeRng(5);
  const tokens = new TextEncoder().encode('{}[],:"0.-e ntf\\');
  for (let trial = 0; trial < 2000; trial++) {
    const copy = bytes.slice();
    for (let k = 0; k <= rng.below(4); k++) copy[rng.below(copy.length)] = tokens[rng.below(tokens.length)]!;
    isRead(read, copy);
  }
});

it.each(SAMPLES)('%s of another shape gives values or a typed error', (_name, read) => {
  const parts = [
    null,
    0,
    -1.5,
    '',
    'x',
    true,
    [],
    {},
    [[]],
    [null],
    [[1, 2]],
    [3, 4],
    { coordinates: null },
    { regions: {} },
    region,
  ];
  for (const one of parts) {
    for (const wrap of [
      one,
      [one],
      [one, region],
      { regions: one },
      { sources: [one] },
      { dataset: one, regions: one },
      { dims: one, dtype: one },
      { a: one },
    ]) {
      isRead(read, encode(wrap));
      isRead(read, encode([wrap]));
    }
  }
});
