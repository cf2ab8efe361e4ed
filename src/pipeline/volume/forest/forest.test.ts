import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { loadNpz } from '../../../test/load-npz.ts';
import { dataPath, describeWithData } from '../../../test/shared-data.ts';
import { countPerSlice, sameClasses } from '../score/joint-counts.ts';
import { type LabelScores, scoreAll } from '../score/label-scores.ts';
import { type LabelVolume, slicesOf, type Volume } from '../volume.ts';
import { bankReach, computeFeatures, DEFAULT_BANK, featureNames } from './features.ts';
import { predictForest } from './predict-forest.ts';
import { type Classifier, collectTraining, type Scribbles, scribbleFeatures, segmentSlab, trainClassifier } from './segment.ts';
import { levelOf, trainForest } from './train-forest.ts';
import type { TrainingSet } from './training-set.ts';

describe('the filter bank', () => {
  const rng = makeRng(1);
  const volume: Volume = { data: Uint8Array.from({ length: 40 * 100 }, () => rng.below(256)), shape: [40, 10, 10] };

  it('has 19 features by default, any kind if asked, each with a name', () => {
    expect(featureNames(DEFAULT_BANK).length).toBe(19);
    const full = {
      scales: [0.7],
      kinds: ['gaussian', 'laplacian', 'gradient', 'hessian', 'structure', 'variance', 'difference'],
    } as const;
    const { planes } = complete(computeFeatures(volume, full));
    expect(planes.length).toBe(featureNames(full).length);
    const at = (name: string) => planes[featureNames(full).indexOf(`${name} 0.7`)]!;
    const trace = at('Hessian, first').map((v, i) => v + at('Hessian, second')[i]! + at('Hessian, third')[i]!);
    for (const [i, value] of at('Laplacian').entries()) expect(trace[i]).toBeCloseTo(value, 2);
  });

  it('of a slab is that of the whole where the slab reaches far enough', () => {
    const reach = bankReach(DEFAULT_BANK);
    expect(reach).toBe(14);
    const whole = complete(computeFeatures(volume, DEFAULT_BANK, { from: 18, to: 20 }));
    const slab = slicesOf(volume, 18 - reach, 20 + reach);
    expect(complete(computeFeatures(slab, DEFAULT_BANK, { from: reach, to: reach + 2 }))).toEqual(whole);
  });
});

/** Two features; class 1 lies within a ring, so that no straight line parts them. */
function ringSet(samples: number, seed: number): TrainingSet {
  const rng = makeRng(seed);
  const data = Float32Array.from({ length: 2 * samples }, () => 2 * rng.uniform() - 1);
  const label = Uint8Array.from({ length: samples }, (_, s) => Number(Math.hypot(data[2 * s]!, data[2 * s + 1]!) < 0.6));
  return { classes: 3, features: 2, data, label };
}

const planesOf = ({ data, label }: TrainingSet) => ({
  shape: [1, 1, label.length] as const,
  planes: [data.filter((_, i) => i % 2 === 0), data.filter((_, i) => i % 2 === 1)],
});

describe('the random forest', () => {
  const set = ringSet(1500, 3);
  const forest = complete(trainForest(set, { trees: 20, depth: 8, seed: 5 }));

  it('learns what is not linear, and gives a class without samples nothing', () => {
    const test = ringSet(1001, 4);
    const shares = complete(predictForest(forest, planesOf(test)));
    const right = test.label.filter((label, s) => Number(shares[3 * s + 1]! > shares[3 * s]!) === label).length;
    expect(right / 1001).toBeGreaterThan(0.95);
    for (let s = 0; s < 1001; s++) {
      expect(shares[3 * s]! + shares[3 * s + 1]!).toBeCloseTo(1, 5);
      expect(shares[3 * s + 2]).toBe(0);
    }
  });

  it('is the same for the same seed, another for another; no deeper than asked', () => {
    expect(complete(trainForest(set, { trees: 20, depth: 8, seed: 5 }))).toEqual(forest);
    expect(complete(trainForest(set, { trees: 20, depth: 8, seed: 6 })).trees[0]).not.toEqual(forest.trees[0]);
    expect(Math.max(...forest.trees.map(({ depth }) => depth))).toBeLessThanOrEqual(8);
  });

  it('walks as a plain walk down each tree does', () => {
    const test = ringSet(37, 9);
    const shares = complete(predictForest(forest, planesOf(test)));
    for (let s = 0; s < 37; s++) {
      let sum = 0;
      for (const { nodes, shares: leaf } of forest.trees) {
        let node = 0;
        while (nodes[2 * node + 1] !== node) {
          const f = nodes[2 * node]! >> 16;
          const level = levelOf(test.data[2 * s + f]!, forest.low[f]!, forest.scale[f]!);
          node = nodes[2 * node + 1]! + (level > (nodes[2 * node]! & 0xffff) ? 1 : 0);
        }
        sum += leaf[3 * node]!;
      }
      expect(shares[3 * s]).toBeCloseTo(sum / 20, 5);
    }
  });

  it('needs two classes', () => {
    expect(() => complete(trainForest({ ...set, label: new Uint8Array(1500) }))).toThrow('at least two classes');
  });
});

describe('segmenting', () => {
  /** Bright to the right, dark to the left; texture in the far half. */
  const rng = makeRng(11);
  const volume: Volume = {
    data: Uint8Array.from({ length: 6 * 400 }, (_, i) => (i % 20 < 10 ? 60 : 160) + rng.below(20)),
    shape: [6, 20, 20],
  };
  const voxel = Float64Array.from({ length: 60 }, (_, i) => (i % 3) * 800 + 20 * (i % 17) + (i % 20));
  const scribbles: Scribbles = { voxel, label: Uint8Array.from(voxel, (v) => (v % 20 < 10 ? 0 : 1)) };
  const bank = { scales: [0.7], kinds: ['gaussian', 'gradient'] } as const;
  const whole = { from: 0, to: 6 };
  const set = complete(collectTraining(volume, scribbles, 2, bank));

  it('takes the features of the marked voxels, from the whole or from slabs', () => {
    expect([set.features, set.label.length]).toEqual([3, 60]);
    const slab = slicesOf(volume, 1, 6);
    const part = complete(scribbleFeatures(slab, { from: 3, to: 4 }, 1, scribbles, bank));
    const first = Array.from(voxel.keys()).filter((s) => voxel[s]! >= 1600);
    expect(part.label.length).toBe(first.length);
    expect([...part.data.filter((_, i) => i % 3 === 0)]).toEqual(first.map((s) => volume.data[voxel[s]!]));
  });

  it('sees nothing of the next cutout in the same stack', () => {
    const last = { voxel: voxel.filter((v) => v >= 1600), label: scribbles.label.filter((_, i) => voxel[i]! >= 1600) };
    const apart = complete(collectTraining(volume, last, 2, bank, [4]));
    const alone = { ...last, voxel: last.voxel.map((v) => v - 1600) };
    expect(apart.data).toEqual(complete(collectTraining(slicesOf(volume, 4, 6), alone, 2, bank)).data);
    expect(apart.data).not.toEqual(complete(collectTraining(volume, last, 2, bank)).data);
  });

  it.each(['forest', 'softmax'] as const)('by %s gives the labels that were meant', (method) => {
    const classifier = complete(trainClassifier(set, method, { trees: 10 }));
    const { labels, confidence } = complete(segmentSlab(volume, whole, classifier, bank));
    const wrong = labels.data.filter((label, i) => label !== (i % 20 < 10 ? 0 : 1)).length;
    expect(wrong / labels.data.length).toBeLessThan(0.02);
    expect(Math.min(...confidence)).toBeGreaterThanOrEqual(127);
    const slice = complete(segmentSlab(volume, { from: 2, to: 3 }, classifier, bank));
    expect(slice.labels.data).toEqual(labels.data.slice(800, 1200));
  });

  it('never chooses a class without marks', () => {
    const three = { ...set, classes: 3 };
    for (const method of ['forest', 'softmax'] as const) {
      const { labels } = complete(segmentSlab(volume, whole, complete(trainClassifier(three, method, { trees: 5 })), bank));
      expect(labels.data.includes(2)).toBe(false);
    }
  });
});

describeWithData('xray-mini: trained on slices 16–35, tested on 40–47', () => {
  const files = loadNpz(dataPath('xray-mini/xray-mini.npz'));
  const shape = [64, 256, 256] as const;
  const image: Volume = { data: files['image']!.data, shape };
  const truth: LabelVolume = { data: files['pixel_labels']!.data as Uint8Array<ArrayBuffer>, shape };

  /** 4,000 voxels of each class, drawn at random. */
  function drawScribbles(): Scribbles {
    const rng = makeRng(1);
    const slice = 256 * 256;
    const voxels: number[][] = [[], [], [], []];
    for (let i = 16 * slice; i < 36 * slice; i++) voxels[truth.data[i]!]!.push(i);
    const drawn = voxels.flatMap((of, c) => Array.from({ length: 4000 }, () => [of[rng.below(of.length)]!, c] as const));
    return { voxel: Float64Array.from(drawn, ([v]) => v), label: Uint8Array.from(drawn, ([, c]) => c) };
  }

  const set = complete(collectTraining(image, drawScribbles(), 4));
  const scoreOf = (classifier: Classifier): LabelScores => {
    const { labels } = complete(segmentSlab(image, { from: 40, to: 48 }, classifier));
    return scoreAll(complete(countPerSlice(slicesOf(truth, 40, 48), labels, sameClasses(4))));
  };

  it('the forest reaches a mean IoU of 0.78', () => {
    expect(scoreOf(complete(trainClassifier(set, 'forest'))).meanIou).toBeGreaterThanOrEqual(0.78);
  });

  it('softmax regression reaches 0.76', () => {
    expect(scoreOf(complete(trainClassifier(set, 'softmax'))).meanIou).toBeGreaterThanOrEqual(0.76);
  });
});
