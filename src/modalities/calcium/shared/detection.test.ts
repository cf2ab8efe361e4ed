import { expect, it } from 'vitest';
import { isChosen } from './detection.ts';

it('the confidence decides, unless a person did', () => {
  expect(isChosen({ confidence: 0.5 }, 0.5)).toBe(true);
  expect(isChosen({ confidence: 0.49 }, 0.5)).toBe(false);
  expect(isChosen({ confidence: Number.NaN }, 0.5)).toBe(true);
  expect(isChosen({ confidence: 0.1, status: 'accepted' }, 0.5)).toBe(true);
  expect(isChosen({ confidence: 1, status: 'rejected' }, 0)).toBe(false);
});
