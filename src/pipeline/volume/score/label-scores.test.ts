import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import type { LabelVolume, Volume } from '../volume.ts';
import { classMap, countPerSlice, groupTable, sameClasses } from './joint-counts.ts';
import { scoreAll, scoreCurve, scoreGroup } from './label-scores.ts';

const volume = (values: readonly number[], shape: LabelVolume['shape']): LabelVolume => ({
  data: Uint8Array.from(values),
  shape,
});

describe('joint counts', () => {
  it('count and list values outside the classes', () => {
    const truth = volume([0, 1, 9, 9, 1, 0], [1, 2, 3]);
    const prediction = volume([0, 7, 1, 0, 1, 7], [1, 2, 3]);
    const counts = complete(countPerSlice(truth, prediction, sameClasses(2)));
    expect([...groupTable(counts, 0)]).toEqual([1, 0, 1, 0, 1, 1, 1, 1, 0]);
    expect(counts.strays).toEqual({ truth: [{ value: 9, voxels: 2 }], prediction: [{ value: 7, voxels: 2 }] });
    // A prediction outside the classes is wrong; a truth outside them is left out.
    expect(scoreAll(counts)).toMatchObject({ voxels: 4, accuracy: 0.5 });
  });

  it('read any kind of number; what is no byte is outside', () => {
    const truth: Volume = { data: Int32Array.from([0, 1, -1, 300, 1]), shape: [1, 1, 5] };
    const prediction: Volume = { data: Float32Array.from([0, 1, 0, 1, 0.5]), shape: [1, 1, 5] };
    const counts = complete(countPerSlice(truth, prediction, sameClasses(2)));
    expect([...groupTable(counts, 0)]).toEqual([1, 0, 0, 0, 1, 1, 1, 1, 0]);
    expect(counts.strays.truth).toEqual([
      { value: -1, voxels: 1 },
      { value: 300, voxels: 1 },
    ]);
    expect(counts.strays.prediction).toEqual([{ value: 0.5, voxels: 1 }]);
  });

  it('leave voxels out whose truth is to be ignored, and join classes', () => {
    const truth = volume([0, 1, 2, 3], [1, 2, 2]);
    const prediction = volume([0, 1, 3, 0], [1, 2, 2]);
    const ignoring = complete(countPerSlice(truth, prediction, sameClasses(4, [3])));
    expect([ignoring.ignored, scoreAll(ignoring).voxels, scoreAll(ignoring).accuracy]).toEqual([1, 3, 2 / 3]);
    const map = classMap(3, { as: { 3: 0 } });
    const joined = complete(countPerSlice(truth, prediction, { classes: 3, truth: map, prediction: map }));
    expect([...scoreAll(joined).confusion]).toEqual([2, 0, 0, 0, 1, 0, 1, 0, 0]);
  });

  it('say both shapes where they differ', () => {
    const count = () => complete(countPerSlice(volume([0, 0], [1, 1, 2]), volume([0, 0], [2, 1, 1]), sameClasses(2)));
    expect(count).toThrow('The truth is 1 × 1 × 2 voxels, the prediction 2 × 1 × 1 (z × y × x).');
  });
});

describe('scores', () => {
  it('of a class that is nowhere do not exist, and means leave it out', () => {
    const counts = complete(countPerSlice(volume([0, 0, 1, 1], [2, 1, 2]), volume([0, 0, 0, 1], [2, 1, 2]), sameClasses(3)));
    const all = scoreAll(counts);
    expect(all.classes[2]).toMatchObject({ truth: 0, predicted: 0, f1: Number.NaN, iou: Number.NaN });
    expect(all.meanIou).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12);
    expect([...scoreCurve(counts, 'iou', 1)]).toEqual([Number.NaN, 0.5]);
    expect([...scoreCurve(counts, 'f1', 'mean')]).toEqual([1, scoreGroup(counts, 1).meanF1]);
  });
});
