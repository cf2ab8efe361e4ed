// Scores and answers as the page asks for them, on small volumes.
import { expect, it } from 'vitest';
import { WHOLE_FILE } from '../../../base/listing.ts';
import { makeRng } from '../../../base/rng.ts';
import { writeNpyHead } from '../../../formats/npy/index.ts';
import type { ScoreInput, ScorePayload } from '../shared/score-types.ts';
import { readAnswers, scoreAnswers, scoreEmbeddings } from './answers.ts';
import { findCentres, score, scoreCells } from './score.ts';

const context = { signal: new AbortController().signal, progress: () => {} };

function readAnswersOf(text: string) {
  const file = new File([text], 'a.csv');
  const listing = { files: [file], paths: ['a.csv'], table: Float64Array.of(0, file.size, WHOLE_FILE, 0, file.size, 0) };
  return readAnswers({ listing }, context);
}

async function scoreLabels(input: ScoreInput, { truth, prediction }: ScorePayload) {
  const merger = score.merger(input);
  const area = input.shape[1] * input.shape[2];
  for (const [i, part] of score.split(input).entries()) {
    const cut = (data: Uint8Array<ArrayBuffer>) => data.slice(part.from * area, part.to * area);
    merger.add(await score.run(input, part, context, { truth: cut(truth), prediction: cut(prediction) }), i);
  }
  return merger.finish();
}

const truth = Uint8Array.of(0, 0, 1, 1, 2, 2, 3, 3);
const shape = [2, 2, 2] as const;

it('scores all classes, corrected and as published', async () => {
  const prediction = Uint8Array.of(0, 1, 1, 1, 2, 2, 3, 0);
  const out = await scoreLabels({ shape, task: 'all', blocks: '2-D', classes: 4 }, { truth, prediction });
  expect(out.confusion).toEqual([
    [1, 1, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 2, 0],
    [1, 0, 0, 1],
  ]);
  expect(out.corrected.accuracy).toBe(0.75);
  expect(out.corrected.classes.map(({ iou }) => iou)).toEqual([1 / 3, 2 / 3, 1, 1 / 2]);
  // Class 2 is absent from the first slice, where the old numbers count it as perfect.
  expect(out.old.iou[2]).toBe(1);
  expect(out.images).toBe(2);
  expect(out.curves).toHaveLength(5);
  expect(out.curves[0]).toHaveLength(2);
});

it('counts labels that no class has', async () => {
  const prediction = Uint8Array.of(0, 9, 1, 1, 2, 2, 3, 9);
  const out = await scoreLabels({ shape, task: 'all', blocks: '3-D clean', classes: 4 }, { truth, prediction });
  expect(out.strays).toEqual([{ value: 9, voxels: 2 }]);
  expect(out.images).toBe(1);
});

it('counts slabs as it would count the whole', async () => {
  const rng = makeRng(3);
  const many = () => Uint8Array.from({ length: 80 * 4 }, () => rng.below(5));
  const [a, b] = [many(), many()];
  const out = await scoreLabels({ shape: [80, 2, 2], task: '3-class', blocks: '2-D', classes: 4 }, { truth: a, prediction: b });
  const as3 = (value: number) => (value === 3 ? 0 : value);
  const both = Array.from(a, (value, i) => [as3(value), as3(b[i]!)] as const);
  expect(out.confusion[1]![2]).toBe(both.filter(([t, p]) => t === 1 && p === 2).length);
  expect(out.curves[0]).toHaveLength(80);
  expect(out.strays).toEqual([{ value: 4, voxels: b.filter((value) => value === 4).length }]);
});

it('matches cells by their centres', async () => {
  const cells = Uint8Array.from({ length: 12 * 12 * 12 }, (_, i) => (i === 0 || i === 12 * 12 * 12 - 1 ? 2 : 0));
  const found = Uint8Array.from({ length: 12 * 12 * 12 }, (_, i) => (i === 1 ? 2 : 0));
  const centres = (labels: Uint8Array<ArrayBuffer>) => findCentres({ shape: [12, 12, 12], cell: 2 }, labels, context);
  const out = await scoreCells({ truth: await centres(cells), prediction: await centres(found) }, context);
  expect(out).toMatchObject({ truths: 2, found: 1, pairs: 1, precision: 1, recall: 0.5, meanDistance: 1 });
});

it('scores one answer a slice, and says what a perfect classifier would reach', () => {
  const regions = Uint8Array.from({ length: 8 }, (_, z) => [1, 1, 2, 0, 4, 4, 5, 0][z]!);
  const answers = { name: 'a.csv', shape: null, values: Float64Array.of(0, 0, 1, 1, 2, 2, 3, 3) };
  const out = scoreAnswers({ shape: [8, 1, 1], answers }, regions);
  expect(out).toMatchObject({ accuracy: 0.75, labelledAccuracy: 1, unlabelled: 2, ceiling: 0.75 });
});

it('refuses answers of another length, and embeddings of another count', async () => {
  const answers = { name: 'a.csv', shape: null, values: new Float64Array(3) };
  expect(() => scoreAnswers({ shape: [8, 1, 1], answers }, new Uint8Array(8))).toThrow(/3 answers and the volume 8 slices/);
  const embeddings = { name: 'e.npy', shape: [3, 2], values: new Float64Array(6) };
  const payload = { labels: new Uint8Array(32), image: null };
  await expect(scoreEmbeddings({ shape: [8, 2, 2], answers: embeddings }, payload, context)).rejects.toThrow(/32 quadrants/);
  await expect(scoreEmbeddings({ shape: [8, 2, 2], answers: null }, payload, context)).rejects.toThrow(/no whole image/);
});

it('reads a CSV of answers, gaps as missing, and names a wrong line', async () => {
  expect([...(await readAnswersOf('index,label\n0,3\n2,1\n')).values]).toEqual([3, Number.NaN, 1]);
  await expect(readAnswersOf('index,label\n0,cortex\n')).rejects.toThrow(/Line 2 is "0,cortex"/);
});

it('takes of a volume its shape alone, however large it is', async () => {
  const head = writeNpyHead('|u1', [5000, 1, 100_000]);
  // Nothing but its beginning can be read.
  const file = new File([head, new Uint8Array(8192)], 'v.npy');
  Object.defineProperty(file, 'size', { value: head.length + 5e8 });
  const listing = { files: [file], paths: ['v.npy'], table: Float64Array.of(0, file.size, WHOLE_FILE, 0, file.size, 0) };
  expect(await readAnswers({ listing }, context)).toEqual({
    name: 'v.npy',
    shape: [5000, 1, 100_000],
    values: new Float64Array(0),
  });
});
