import { expect, it } from 'vitest';
import type { VerifiedCase } from '../base/verification.ts';
import { VERSION } from '../base/version.ts';
import { resultOf, showDifference, verifyReport } from './verify-report.ts';

const one: VerifiedCase = {
  title: 'Mean image',
  reference: 'numpy 1.24.2',
  values: 768,
  largest: 3.1e-12,
  allowed: 1e-9,
  failure: '',
};

it('says browser, version, cores, counts and each case with its difference', () => {
  const cases = [
    one,
    { ...one, title: 'Max image', largest: 2, allowed: 0 },
    { ...one, title: 'Min image', values: 0, largest: Number.POSITIVE_INFINITY, failure: 'The file is missing.' },
  ];
  const text = verifyReport(cases, { agent: 'Browser/1', cores: 8, date: new Date(0) });
  expect(text).toBe(`Somascope ${VERSION}, verification of this browser
Browser: Browser/1
Cores: 8
Date: 1970-01-01T00:00:00.000Z
Result: 1 of 3 equal, 2 not

equal   Mean image: 768 values, largest difference 3.1e-12, allowed 1e-9, reference numpy 1.24.2
differs Max image: 768 values, largest difference 2, allowed 0, reference numpy 1.24.2
failed  Min image: The file is missing.
`);
  expect(cases.map(resultOf)).toEqual(['equal', 'differs', 'failed']);
});

it('shows differences short', () => {
  expect([0, 3.14e-8, 0.0123, 2, Number.POSITIVE_INFINITY].map(showDifference)).toEqual([
    '0',
    '3e−8',
    '0.0123',
    '2',
    'no number',
  ]);
});
