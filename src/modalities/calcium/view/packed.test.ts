// Detections as they are remembered: every fact and pixel comes back; what does not fit the movie is refused with a reason.
import { describe, expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import type { Detection } from '../shared/detection.ts';
import { packDetections, unpackDetections } from './packed.ts';

const EXTENT = { height: 20, width: 30 };

function detection(pairs: readonly (readonly number[])[], more: Partial<Detection> = {}): Detection {
  return { region: regionFrom(pairs), row: 3.5, col: 4.25, confidence: 0.75, kind: 'both', evidence: 'ring', ...more };
}

const LIST = [
  detection([
    [1, 2],
    [1, 3],
    [19, 29],
  ]),
  detection([[8, 9]], {
    why: { gain: 8, gainOdd: 7, gainEven: 0, falseDiscoveryRate: 0.1, activity: { peak: 9, belief: 0.5 }, overlap: 0.2 },
  }),
  detection([[5, 6]], { confidence: Number.NaN, kind: 'imported', evidence: '' }),
];

describe('packing', () => {
  it('gives back every pixel and every fact', () => {
    const packed = packDetections(LIST);
    expect(packed.points).toBeInstanceOf(Uint16Array);
    expect(unpackDetections(packed, EXTENT)).toEqual(LIST);
    expect(unpackDetections(structuredClone(packed), EXTENT)).toEqual(LIST);
  });

  it('keeps points between pixels, repeats and facts that are added later', () => {
    const later = {
      ...detection([
        [1.5, 2],
        [1.5, 2],
      ]),
      status: 'accepted' as const,
      kind: 'drawn' as const,
    };
    expect(unpackDetections(packDetections([later]), EXTENT)).toEqual([later]);
  });

  it('keeps an empty list', () => {
    expect(unpackDetections(packDetections([]), EXTENT)).toEqual([]);
  });
});

describe('what is refused', () => {
  const packed = packDetections(LIST);
  it.each([
    ['nothing', undefined],
    ['plain lists', { ...packed, points: [1, 2] }],
    ['a list that is too short', { ...packed, facts: packed.facts.slice(1) }],
    ['a region without pixels', { ...packed, starts: Uint32Array.of(0, 0, 8) }],
    ['a region beyond the end', { ...packed, starts: Uint32Array.of(0, 6, 10) }],
    ['half a pixel', { ...packed, starts: Uint32Array.of(0, 5, 8) }],
    ['an unknown kind', { ...packed, facts: [{ ...packed.facts[0], kind: 'x' }, ...packed.facts.slice(1)] }],
    ['figures that are none', { ...packed, facts: [{ ...packed.facts[0], why: { gain: 1 } }, ...packed.facts.slice(1)] }],
    ['an unknown status', { ...packed, facts: [{ ...packed.facts[0], status: 'x' }, ...packed.facts.slice(1)] }],
    ['no confidence', { ...packed, facts: [{ ...packed.facts[0], confidence: '1' }, ...packed.facts.slice(1)] }],
    ['facts that are none', { ...packed, facts: [null, null] }],
  ])('%s', (_, given) => {
    expect(() => unpackDetections(given, EXTENT)).toThrow(expect.objectContaining({ tag: 'Invalid' }));
  });

  it('pixels outside the movie, with both named', () => {
    expect(() => unpackDetections(packed, { height: 10, width: 30 })).toThrow(/\[19, 29\].*10 × 30/);
  });
});
