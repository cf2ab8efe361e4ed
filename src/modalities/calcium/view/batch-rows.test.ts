import { expect, it } from 'vitest';
import type { RunningJob } from '../../../state/jobs.ts';
import { batchLines, statusText } from './batch-rows.ts';

it('has a row for every open set and for every test set of the source document, by name', () => {
  const open = [
    { id: 'd2', name: '03.00' },
    { id: 'd1', name: '01.00.test' },
    { id: 'd3', name: '00.10' },
    { id: 'd4', name: '00.2' },
  ];
  expect(batchLines(open).map(({ name, id }) => (id ? `${name} ${id}` : name))).toEqual([
    '00.00.test',
    '00.01.test',
    '00.2 d4',
    '00.10 d3',
    '01.00.test d1',
    '01.01.test',
    '02.00.test',
    '02.01.test',
    '03.00 d2',
    '03.00.test',
  ]);
});

it('says the state in words', () => {
  const line = { name: '00.00', id: 'd1' };
  const row = (status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled', why = '') => ({ status, why, seconds: null });
  const job: RunningJob = {
    id: 1,
    label: 'Detecting neurons',
    dataset: 'd1',
    share: 0.376,
    rate: null,
    unit: '',
    done: 0,
    total: 1,
    secondsLeft: null,
    idle: false,
  };
  expect(statusText({ name: '00.00.test', id: null }, undefined, [])).toBe('not open');
  expect(statusText(line, undefined, [])).toBe('not run');
  expect(statusText(line, row('waiting'), [job])).toBe('waiting');
  expect(statusText(line, row('running'), [job])).toBe('detecting 37 %');
  expect(statusText(line, row('running'), [{ ...job, label: 'Summary images' }])).toBe('reading 37 %');
  expect(statusText(line, row('running'), [{ ...job, dataset: 'd2' }])).toBe('running');
  expect(statusText(line, row('failed', 'No frame can be read.'), [])).toBe('failed: No frame can be read.');
});
