import { expect, it } from 'vitest';
import { scoresCsv } from './scores-csv.ts';

const score = {
  recall: 0.1 + 0.2,
  precision: 1 / 3,
  combined: 0.31578947368421056,
  inclusion: 1,
  exclusion: 0,
  note: '',
  matched: 3,
  extra: 6,
  missed: 7,
};

it('writes every number so that it reads back exactly', () => {
  const [head, row, end] = scoresCsv([{ name: '00.00', score, threshold: 6 }]).split('\n');
  expect(head).toBe('dataset,recall,precision,combined,inclusion,exclusion,threshold,matched,extra,missed');
  const cells = row!.split(',');
  expect(cells[0]).toBe('00.00');
  expect(cells.slice(1).map(Number)).toEqual([0.1 + 0.2, 1 / 3, 0.31578947368421056, 1, 0, 6, 3, 6, 7]);
  expect(end).toBe('');
});

it('leaves cells empty where there is no score', () => {
  expect(scoresCsv([{ name: '00.00.test', score: null, threshold: 5.5 }]).split('\n')[1]).toBe('00.00.test,,,,,,5.5,,,');
});

it('quotes names that need it', () => {
  expect(scoresCsv([{ name: 'a,"b"', score: null, threshold: 5 }]).split('\n')[1]).toBe('"a,""b""",,,,,,5,,,');
});
