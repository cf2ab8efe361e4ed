import { expect, it } from 'vitest';
import { CONVENTIONS, conventionById, defaultConvention, relabelTable } from './label-conventions.ts';
import { CUTOUTS, regionSpans, SPLITS, TASK2_3CLASS, TASK2_4CLASS } from './published.ts';

const bossdb = defaultConvention('microstructure');

it('names every class in each of the three microstructure conventions', () => {
  const micro = CONVENTIONS.filter(({ kind }) => kind === 'microstructure');
  expect(micro.map(({ id, classes }) => [id, ...classes.map(({ short }) => short)])).toEqual([
    ['bossdb', 'background', 'vessel', 'cell', 'axon'],
    ['xray-thc-notebooks', 'background', 'axon', 'vessel', 'cell'],
    ['xray-thc-readme', 'background', 'cell', 'vessel', 'axon'],
  ]);
});

it('relabels by class', () => {
  const table = relabelTable(conventionById('xray-thc-notebooks')!, bossdb);
  expect([...table.slice(0, 5)]).toEqual([0, 3, 1, 2, 4]);
});

it('splits a stack into the four regions in their order', () => {
  expect(regionSpans(200).map(({ name, from, to }) => [name, from, to])).toEqual([
    ['CTX', 0, 50],
    ['STR', 50, 100],
    ['VP', 100, 150],
    ['ZI', 150, 200],
  ]);
  expect(regionSpans(11)).toEqual([]);
  expect(CUTOUTS.every(({ x, y }) => x[1] - x[0] === 256 && y[1] - y[0] === 256)).toBe(true);
  expect(Object.values(SPLITS).map(([from, to]) => to - from)).toEqual([269, 29, 50]);
});

it('has a score a class and the average of these in the published tables', () => {
  for (const [rows, classes] of [
    [TASK2_3CLASS, 3],
    [TASK2_4CLASS, 4],
  ] as const) {
    expect(rows).toHaveLength(9);
    for (const { f1, iou, method } of rows) {
      for (const scores of [f1, iou]) {
        expect(scores, method).toHaveLength(classes + 1);
        const mean = scores.slice(0, classes).reduce((sum, value) => sum + value, 0) / classes;
        expect(Math.abs(mean - scores[classes]!), method).toBeLessThan(0.0151);
      }
    }
  }
});
