import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { loadNpz } from '../../../test/load-npz.ts';
import { dataPath, describeWithData } from '../../../test/shared-data.ts';
import type { LabelVolume, Volume } from '../volume.ts';
import { countPerSlice } from './joint-counts.ts';
import { quadrantTexture } from './quadrant-texture.ts';
import { fitReadout, readoutR2, scoreReadout } from './readout.ts';
import { scoreTask1, sliceModes } from './task1.ts';
import { scoreTask2, task2Images, task2Maps } from './task2.ts';
import { task3Features } from './task3.ts';

describe('task 1', () => {
  it('gives a perfect classifier 0.85 where the last ten slices of three regions carry no label', () => {
    const modes = Array.from({ length: 200 }, (_, i) => (i >= 50 && i % 50 >= 40 ? 0 : [1, 2, 4, 5][Math.floor(i / 50)]!));
    const perfect = Array.from({ length: 200 }, (_, i) => Math.floor(i / 50));
    const { published, labelled, ceiling, unlabelled } = scoreTask1(modes, perfect);
    expect([published.accuracy, ceiling, labelled.accuracy, labelled.patches, unlabelled.length]).toEqual([
      0.85, 0.85, 1, 170, 30,
    ]);
    expect([...published.confusion]).toEqual([50, 10, 10, 10, 0, 40, 0, 0, 0, 0, 40, 0, 0, 0, 0, 40]);
  });

  it('leaves out slices without a prediction and labels that are no region; other guesses are wrong', () => {
    const { published, unscored } = scoreTask1([1, 2, 9, 5], [0, Number.NaN, 1, 7]);
    expect(unscored).toEqual([1, 2]);
    expect([published.patches, published.correct]).toEqual([2, 1]);
  });
});

describe('task 2', () => {
  it('cuts blocks as the loader does: the last of a region runs into the next', () => {
    const test = task2Images(50, 4, 200, '3-D reference');
    expect(test.length).toBe(28);
    expect([test[5], test[6], test[7], test[27]]).toEqual([
      [40, 48],
      [48, 56],
      [50, 58],
      [198, 200],
    ]);
    // 4-class leaves ZI out, and still its first slices are in the last block.
    expect(task2Images(50, 3, 200, '3-D reference').at(-1)).toEqual([148, 156]);
    expect(task2Images(269, 4, 1076, '3-D reference').length).toBe(4 * 34);
    expect(task2Images(50, 4, 200, '3-D clean')[6]).toEqual([48, 50]);
    expect(task2Images(50, 4, 200, '2-D').length).toBe(200);
  });

  const rng = makeRng(2);
  const labels = (depth: number): LabelVolume => ({
    data: Uint8Array.from({ length: depth * 16 }, () => rng.below(4)),
    shape: [depth, 4, 4],
  });

  it('scores three classes of four regions, four classes of three', () => {
    const [truth, prediction] = [labels(40), labels(40)];
    const three = scoreTask2(complete(countPerSlice(truth, prediction, task2Maps('3-class'))), '3-class', '3-D clean');
    const four = scoreTask2(complete(countPerSlice(truth, prediction, task2Maps('4-class'))), '4-class', '2-D');
    expect([three.count, three.regions.length, three.corrected.classes.length, three.corrected.voxels]).toEqual([8, 4, 3, 640]);
    expect([four.count, four.regions.length, four.corrected.classes.length, four.corrected.voxels]).toEqual([30, 3, 4, 480]);
    const right = [...truth.data].filter((value, i) => value % 3 === prediction.data[i]! % 3).length;
    expect(three.corrected.accuracy).toBe(right / 640);
  });

  it('refuses what is not four regions', () => {
    const counts = complete(countPerSlice(labels(6), labels(6), task2Maps('3-class')));
    expect(() => scoreTask2(counts, '3-class', '2-D')).toThrow('6 slices are not four regions');
  });
});

describe('task 3', () => {
  it('says why the reference would stop', () => {
    const none = { data: new Uint8Array(64), shape: [1, 8, 8] as const };
    expect(complete(task3Features(none)).reference.failure).toBe('quadrant 1 has no vessel');
    const many = { data: new Uint8Array(64), shape: [1, 8, 8] as const };
    for (const at of [0, 2, 16, 18]) many.data[at] = 2;
    expect(complete(task3Features(many)).reference.failure).toContain('quadrant 1 has 4 cells');
  });
});

describe('the linear read-out', () => {
  const rng = makeRng(4);
  const samples = 200;
  const features = 5;
  const data = Float64Array.from({ length: samples * features }, () => rng.normal());
  const plain = Array.from({ length: samples }, (_, s) => 3 + 2 * data[s * features]! - data[s * features + 4]!);
  const all = Array.from({ length: samples }, (_, s) => s);

  it('finds a linear relation exactly', () => {
    const fit = complete(fitReadout({ data, samples, features }, plain, all));
    for (const [f, weight] of [2, 0, 0, 0, -1].entries()) expect(fit.weights[f]).toBeCloseTo(weight, 10);
    expect(fit.intercept).toBeCloseTo(3, 10);
    expect(readoutR2({ data, samples, features }, plain, all, fit)).toBeCloseTo(1, 12);
  });

  it('gives features that depend on others no weight', () => {
    const doubled = data.slice();
    for (let s = 0; s < samples; s++) doubled[s * features + 3] = 2 * doubled[s * features]! + 1;
    const fit = complete(fitReadout({ data: doubled, samples, features }, plain, all));
    expect(fit.weights[3]).toBe(0);
    expect(readoutR2({ data: doubled, samples, features }, plain, all, fit)).toBeCloseTo(1, 12);
  });

  it('predicts nothing from noise on samples it has not seen', () => {
    const noise = all.map(() => rng.normal());
    noise[3] = Number.NaN;
    const { published, heldOut } = complete(scoreReadout({ data, samples, features }, noise, 4));
    expect(published).toBeGreaterThan(0);
    expect(heldOut).toBeLessThan(published);
    const known = complete(scoreReadout({ data, samples, features }, plain, 4));
    expect(known.heldOut).toBeCloseTo(1, 10);
    expect(() => complete(scoreReadout({ data, samples, features }, noise.slice(1), 4))).toThrow('200 embeddings for 199');
  });
});

describe('texture of quadrants', () => {
  it('is the mean and spread of each feature in each quadrant', () => {
    const image: Volume = {
      data: Uint8Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? 10 : 20) + (i < 32 ? 0 : 100)),
      shape: [1, 8, 8],
    };
    const { data, samples, features } = complete(
      quadrantTexture(image, { from: 0, to: 1 }, { scales: [0.7], kinds: ['gaussian'] }),
    );
    expect([samples, features]).toEqual([4, 4]);
    expect(Array.from({ length: 4 }, (_, q) => [data[4 * q], data[4 * q + 1]])).toEqual([
      [10, 0],
      [20, 0],
      [110, 0],
      [120, 0],
    ]);
    expect(data[2]).toBeGreaterThan(10);
    expect(data[3]).toBeGreaterThan(0);
  });
});

describeWithData('mtneuro-mini', () => {
  const files = loadNpz(dataPath('xray-mini/mtneuro-mini.zip'));
  const asVolume = (name: string): Volume => {
    const { data, shape } = files[`downloads/${name}`]!;
    return { data, shape: shape as unknown as Volume['shape'] };
  };

  it('is perfect against itself in every kind of task 2', () => {
    const truth = asVolume('task2_2D_4classtestlabels');
    for (const classes of ['3-class', '4-class'] as const) {
      const slices = complete(countPerSlice(truth, truth, task2Maps(classes)));
      for (const images of ['2-D', '3-D reference', '3-D clean'] as const) {
        const { corrected, published } = scoreTask2(slices, classes, images);
        expect([corrected.meanIou, published.old.meanIou, published.new.meanIou]).toEqual([1, 1, 1]);
      }
    }
  });

  it('has one slice of zona incerta without a label', () => {
    const modes = sliceModes(asVolume('task1testlabels'));
    const perfect = Array.from({ length: 20 }, (_, i) => Math.floor(i / 5));
    expect(scoreTask1(modes, perfect)).toMatchObject({ unlabelled: [19], ceiling: 0.95, published: { accuracy: 0.95 } });
  });

  it('reads the share of axon out of the texture', () => {
    const labels = asVolume('task2_2D_4classtestlabels') as LabelVolume;
    const texture = complete(quadrantTexture(asVolume('task2_2D_4classtestimages')));
    const { corrected } = complete(task3Features(labels));
    const { published } = complete(
      scoreReadout(
        texture,
        corrected.map(({ axon }) => axon),
        4,
      ),
    );
    expect(published).toBeGreaterThan(0.9);
  });
});
