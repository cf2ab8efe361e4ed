// Scores against the reference: integers equal, floats 1e-9, old-style metrics 1e-6.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import type { LabelVolume, Shape3 } from '../volume.ts';
import { matchCells } from './cell-match.ts';
import { countPerSlice, mergeGroups, sameClasses } from './joint-counts.ts';
import { scoreAll } from './label-scores.ts';
import { imageStats, newMetrics, oldMetrics } from './mtneuro-metrics.ts';
import { regionClass, scoreTask1, sliceModes } from './task1.ts';
import { task3Features } from './task3.ts';

const GOLDEN = join(import.meta.dirname, '../../../test/golden/volume');
const readJson = (name: string) => JSON.parse(readFileSync(join(GOLDEN, name), 'utf8'));

/** Slices of each image follow each other along z. */
function loadLabels(name: string): LabelVolume {
  const { data, shape } = loadGolden(`volume/${name}`);
  const [height, width] = shape.slice(-2) as [number, number];
  return { data: data as Uint8Array<ArrayBuffer>, shape: [data.length / height / width, height, width] satisfies Shape3 };
}

function expectClose(values: readonly number[], expected: readonly (number | null)[], tolerance: number): void {
  expect(values.length).toBe(expected.length);
  for (const [i, want] of expected.entries()) {
    if (want === null) expect(values[i]).toBeNaN();
    else expect(Math.abs(values[i]! - want), `${i}: ${values[i]} for ${want}`).toBeLessThanOrEqual(tolerance);
  }
}

describe.each(['a_2d_4class', 'b_absent_class', 'c_3d_4class', 'd_perfect', 'e_3class_combined', 'f_all_wrong'])('%s', (name) => {
  const expected = readJson(`metrics/${name}.json`);
  const truth = loadLabels(`metrics/${name}_truth.npy`);
  const slices = complete(countPerSlice(truth, loadLabels(`metrics/${name}_pred.npy`), sameClasses(expected.num_classes)));
  const images = expected.per_image.tp.length;
  const perImage = truth.shape[0] / images;
  const counts = mergeGroups(
    slices,
    Array.from({ length: images }, (_, i) => [i * perImage, (i + 1) * perImage]),
  );
  const stats = imageStats(counts);

  it('counts as get_stats does', () => {
    for (const key of ['tp', 'fp', 'fn', 'tn'] as const)
      expect(stats[key].map((row) => [...row])).toEqual(expected.per_image[key]);
  });

  it('has the old metrics', () => {
    const got = oldMetrics(stats);
    const want = expected.old;
    expectClose(got.accuracy, want.accuracy_per_class, 1e-6);
    expectClose(got.f1, want.f1, 1e-6);
    expectClose(got.iou, want.iou, 1e-6);
    const single = [want.balanced_accuracy_no_background, want.f1_avg, want.iou_avg];
    expectClose([got.balancedAccuracy, got.meanF1, got.meanIou], single, 1e-6);
  });

  it('has the new metrics', () => {
    const got = newMetrics(stats);
    const want = expected.new;
    expectClose(got.accuracy, want.accuracy_per_class, 1e-9);
    for (const key of ['precision', 'recall', 'f1', 'iou'] as const) expectClose(got[key], want[key], 1e-9);
    const single = [want.balanced_accuracy_no_background, want.f1_avg, want.iou_avg];
    expectClose([got.balancedAccuracy, got.meanF1, got.meanIou], single, 1e-9);
  });

  it('has the corrected scores; a class that does not occur has none', () => {
    const got = scoreAll(slices);
    const want = expected.sklearn;
    expect([...got.confusion]).toEqual(expected.confusion_rows_truth.flat());
    expect(got.classes.map(({ truth }) => truth)).toEqual(want.support);
    for (const key of ['precision', 'recall', 'f1'] as const) {
      for (const [c, score] of got.classes.entries()) {
        if (score.truth + score.predicted === 0) expect(score[key]).toBeNaN();
        else expectClose([score[key]], [want[key][c]], 1e-9);
      }
    }
    expectClose([got.accuracy, got.adjustedRand], [want.accuracy, want.adjusted_rand], 1e-9);
    if (want.kappa !== null) expectClose([got.kappa], [want.kappa], 1e-9);
    if (want.balanced_accuracy !== null) expectClose([got.balancedAccuracy], [want.balanced_accuracy], 1e-9);
    if (want.support.every((n: number) => n > 0)) expectClose([got.meanIou], [want.macro_jaccard], 1e-9);
    if (want.support.every((n: number) => n > 0)) expectClose([got.meanF1], [expected.macro_f1_smp], 1e-9);
  });
});

describe('task 1', () => {
  const expected = readJson('task1/task1.json');
  const modes = sliceModes(loadLabels('task1/roi_labels_u64.npy'));

  it('labels patches as torch.mode and the mapping do', () => {
    expect([...modes]).toEqual(expected.mode);
    expect([...modes].map(regionClass)).toEqual(expected.truth_class);
  });

  it('scores all patches, and the labelled ones', () => {
    const { published, labelled } = scoreTask1(modes, expected.pred_class);
    expect(published.accuracy).toBe(expected.accuracy);
    expect([...published.confusion]).toEqual(expected.confusion_rows_truth.flat());
    expect([labelled.patches, labelled.accuracy]).toEqual([expected.labelled_only.n, expected.labelled_only.accuracy]);
  });
});

describe('task 3', () => {
  const expected = readJson('task3/task3.json');
  const got = complete(task3Features(loadLabels('task3/pixel_labels.npy')));

  it('has the features of the reference, mistakes included', () => {
    expect(got.reference.failure).toBe('');
    for (const key of ['cell', 'axon', 'vessel'] as const) {
      for (const [i, row] of got.reference[key].entries()) expectClose(row, expected.reference[key][i], 1e-9);
      expect(got.reference[key].length).toBe(expected.reference[key].length);
    }
  });

  it('has the true features', () => {
    expect(got.corrected.length).toBe(expected.corrected.length);
    for (const [i, { cells, nearest, cellArea, axon, vessel }] of got.corrected.entries()) {
      const { n_cells, mean_nn_px, mean_cell_area, axon_pct, vessel_pct } = expected.corrected[i];
      expect(cells).toBe(n_cells);
      expectClose([nearest, cellArea, axon, vessel], [mean_nn_px, mean_cell_area, axon_pct, vessel_pct], 1e-9);
    }
  });
});

describe('cells', () => {
  it('are paired as the Hungarian method pairs them', () => {
    for (const { radius, truth_zyx, pred_zyx, ...want } of readJson('cells/centroid_f1.json').cases) {
      const got = complete(matchCells(Float64Array.from(truth_zyx.flat()), Float64Array.from(pred_zyx.flat()), radius));
      expect([got.pairs, got.found - got.pairs, got.truths - got.pairs]).toEqual([want.tp, want.fp, want.fn]);
      expectClose(
        [got.precision, got.recall, got.f1, got.meanDistance],
        [want.precision, want.recall, want.f1, want.mean_distance],
        1e-9,
      );
    }
  });
});
