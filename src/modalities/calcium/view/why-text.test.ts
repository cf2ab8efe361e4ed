import { expect, it } from 'vitest';
import type { Why } from '../shared/detection.ts';
import { whyFigures, whyText } from './why-text.ts';

const RING: Why = { gain: 8.12, gainOdd: 5, gainEven: 0, falseDiscoveryRate: 0.034, activity: null, overlap: 0 };
const ACTIVE: Why = { ...RING, gain: 0, gainOdd: 0, activity: { peak: 12.4, belief: 0.62 }, overlap: 0.42 };

it('says what carries a region', () => {
  expect(whyText({ kind: 'shape' }, RING)).toBe('Found by a ring on the mean image, seen in one half of the movie only.');
  expect(whyText({ kind: 'shape' }, { ...RING, gainEven: 3 })).toContain('in both halves');
  expect(whyText({ kind: 'activity' }, ACTIVE)).toBe(
    'Found by activity up to 12 times the noise. 42 % of it lies under other regions.',
  );
  expect(whyText({ kind: 'activity' }, { ...ACTIVE, gain: 2, overlap: 0 })).toBe(
    'Found by activity up to 12 times the noise, and by a ring on the mean image, seen in neither half of the movie alone.',
  );
  expect(whyText({ kind: 'both' }, { ...RING, activity: ACTIVE.activity })).toBe(
    'Found by a ring on the mean image, seen in one half of the movie only, and by activity up to 12 times the noise.',
  );
});

it('gives the figures with a unit, and a dash where there is none', () => {
  const values = (why: Why) => whyFigures(why).map(({ value }) => value);
  expect(values(RING)).toEqual(['8.1', '5.0', '0.0', '0.03', '–', '0 %']);
  expect(values(ACTIVE).slice(-2)).toEqual(['0.62', '42 %']);
});
