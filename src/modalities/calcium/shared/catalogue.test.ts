import { expect, it } from 'vitest';
import { ALL_TEST_SETS, CATALOGUE, DOCUMENT_TEST_SETS, downloadAddress } from './catalogue.ts';
import { BENCHMARK_SETS, meanScore, PUBLISHED, scoreColour } from './published.ts';

const named = (name: string) => CATALOGUE.find((set) => set.name === name)!;

it('lists the sets of the source document, those withdrawn and those added later', () => {
  const count = (kind: string, ...listed: string[]) =>
    CATALOGUE.filter((set) => set.kind === kind && listed.includes(set.listed)).length;
  expect(count('training', 'document', 'withdrawn')).toBe(20);
  expect(count('test', 'document')).toBe(7);
  expect(CATALOGUE.filter(({ listed }) => listed === 'withdrawn').map(({ name }) => name)).toEqual(['01.02', '01.03', '01.04']);
  expect(CATALOGUE.filter(({ listed }) => listed === 'later').map(({ name }) => name)).toEqual([
    '04.00',
    '04.01',
    '04.00.test',
    '04.01.test',
  ]);
  expect(DOCUMENT_TEST_SETS).toEqual(BENCHMARK_SETS.slice(0, 7));
  expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
});

it('knows the published numbers of regions: 6,974 in the training sets', () => {
  expect(CATALOGUE.reduce((sum, { regions = 0 }) => sum + regions, 0)).toBe(6974);
  expect(named('03.00')).toMatchObject({ rows: 498, columns: 490, lab: 'Losonczy', indicator: 'GCaMP6f' });
});

it('gives plain addresses, and none for withdrawn sets', () => {
  expect(downloadAddress(named('04.00.test'))).toBe(
    'https://s3.amazonaws.com/neuro.datasets/challenges/neurofinder/neurofinder.04.00.test.zip',
  );
  expect(downloadAddress(named('01.02'))).toBeNull();
  expect(ALL_TEST_SETS).toMatch(/neurofinder\.all\.test\.zip$/);
});

it('has the published scores of five methods, best mean first, with the means as published', () => {
  for (const { scores } of PUBLISHED)
    for (const values of Object.values(scores)) expect(values).toHaveLength(BENCHMARK_SETS.length);
  expect(PUBLISHED.map(({ scores }) => meanScore(scores.combined).toFixed(3))).toEqual([
    '0.617',
    '0.583',
    '0.569',
    '0.550',
    '0.492',
  ]);
  expect(PUBLISHED.map(({ scores }) => meanScore(scores.recall!).toFixed(3))).toEqual([
    '0.602',
    '0.629',
    '0.609',
    '0.568',
    '0.479',
  ]);
  expect(meanScore([0.5, null, 1])).toBe(0.75);
  expect(meanScore([null])).toBeNaN();
});

it('colours as the site did', () => {
  expect([0, 0.5, 1].map(scoreColour)).toEqual(['rgb(80 110 90)', 'rgb(90 175 125)', 'rgb(100 240 160)']);
});
