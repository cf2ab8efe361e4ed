import { expect, it } from 'vitest';
import type { CalciumInfo } from '../shared/info.ts';
import { movieFacts } from './about-panel.tsx';

const movie = {
  layout: { kind: 'tiff-files', entry: new Int32Array(0) },
  frames: 3024,
  height: 512,
  width: 500,
  dtype: 'uint16',
  littleEndian: true,
} as const;
const facts = { rateHz: null, pixelsPerMicron: 1.15, dimensions: [512, 500, 3000], record: {} };

it('sets the frames that are there beside those that info.json declares', () => {
  const info: Pick<CalciumInfo, 'movie' | 'facts' | 'truth' | 'kind'> = { movie, facts, truth: null, kind: 'test' };
  expect(Object.fromEntries(movieFacts(info))).toEqual({
    'Frames found': '3,024',
    'Frames declared': '3,000',
    Size: '512 × 500 px, uint16',
    Rate: 'not stated',
    Scale: '1.15 px/µm',
    'Ground truth': 'none, a test set',
  });
  expect(movieFacts({ ...info, facts: { ...facts, dimensions: null } })).toContainEqual(['Frames declared', 'not stated']);
});
