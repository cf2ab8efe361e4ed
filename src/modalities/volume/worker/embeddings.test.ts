// Task 3 as the page asks for it: features read out of embeddings, and of the texture of the image.
import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { task3Features } from '../../../pipeline/volume/score/task3.ts';
import { scoreEmbeddings } from './answers.ts';

const context = { signal: new AbortController().signal, progress: () => {} };

it('reads features out of embeddings that hold them, and out of the texture', async () => {
  const rng = makeRng(5);
  const labels = Uint8Array.from({ length: 8 * 32 * 32 }, () => rng.below(4));
  const depth = [8, 32, 32] as const;
  const { corrected, reference } = complete(task3Features({ data: labels, shape: depth }));
  // One column is each true feature, one the distance as the reference has it.
  const values = Float64Array.from(corrected.flatMap((one, i) => [one.vessel, one.cells, one.axon, reference.cell[i]![2]!]));
  const answers = { name: 'e.npy', shape: [32, 4], values };
  const image = Float32Array.from(labels, (label) => 60 * label);
  const rows = await scoreEmbeddings({ shape: depth, answers }, { labels, image: null }, context);
  expect(rows.map(({ feature }) => feature)).toEqual([
    'Vessel share',
    'Cell count',
    'Distance to the nearest cell',
    'Cell size',
    'Axon share',
  ]);
  const published = rows.map((row) => row.published);
  for (const i of [0, 1, 2, 4]) expect(published[i]).toBeCloseTo(1, 9);
  expect(published[3]).toBeLessThan(0.99);
  const texture = await scoreEmbeddings({ shape: depth, answers: null }, { labels, image }, context);
  expect(texture).toHaveLength(5);
  expect(texture[4]!.published).toBeGreaterThan(0.5);
});
