// Times the computations on volumes in one thread of Node, as one worker of the page runs them: scoring, components, filters, forest.
// Processor time, so that other programs count little. The volumes are generated: smooth noise, cut into four classes.
import { makeRng } from '../../src/base/rng.ts';
import { complete, type Steps } from '../../src/base/steps.ts';
import { gaussian } from '../../src/pipeline/volume/filter/gaussian.ts';
import { computeFeatures, DEFAULT_BANK } from '../../src/pipeline/volume/forest/features.ts';
import { predictForest } from '../../src/pipeline/volume/forest/predict-forest.ts';
import { collectTraining } from '../../src/pipeline/volume/forest/segment.ts';
import { trainForest } from '../../src/pipeline/volume/forest/train-forest.ts';
import { findComponents, membersOf, paintComponents } from '../../src/pipeline/volume/label/run-components.ts';
import { countPerSlice } from '../../src/pipeline/volume/score/joint-counts.ts';
import { scoreTask2, task2Maps } from '../../src/pipeline/volume/score/task2.ts';
import { slicesOf } from '../../src/pipeline/volume/volume.ts';
import type { Row } from './report.ts';
import { quantile } from './statistics.ts';
import { drawTissue, repeat } from './tissue.ts';

const SHAPE = [64, 256, 256] as const;
const TEST_SLICES = 200;
const FOREST_SLICES = 8;
const MARKS = 16_000;
const ROUNDS = 5;

function median(run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    run();
    return process.cpuUsage(start).user / 1000;
  });
  return quantile(times, 0.5);
}

const timed = (steps: () => Steps<unknown>) => median(() => void complete(steps()));

export function measureVolumes(): Row[] {
  const { image, labels } = drawTissue(SHAPE);
  const truth = repeat(labels, TEST_SLICES);
  const prediction = repeat({ ...labels, data: labels.data.toReversed() }, TEST_SLICES);
  const score = median(() => {
    scoreTask2(complete(countPerSlice(truth, prediction, task2Maps('4-class'))), '4-class', '2-D');
  });
  const components = timed(function* () {
    return yield* paintComponents(yield* findComponents(labels, 26, membersOf(2, 3)));
  });
  const rng = makeRng(2);
  const voxel = Float64Array.from({ length: MARKS }, () => rng.below(labels.data.length / 8));
  const scribbles = { voxel, label: Uint8Array.from(voxel, (at) => labels.data[at]!) };
  const set = complete(collectTraining(slicesOf(image, 0, FOREST_SLICES), scribbles, 4));
  const forest = complete(trainForest(set));
  const core = { from: 20, to: 20 + FOREST_SLICES };
  const block = complete(computeFeatures(image, DEFAULT_BANK, core));
  const megavoxels = (FOREST_SLICES * SHAPE[1] * SHAPE[2]) / 1e6;
  const perSecond = (milliseconds: number) => (1000 * megavoxels) / milliseconds;
  return [
    { what: `scoring ${TEST_SLICES} x 256 x 256, four classes`, unit: 'ms', value: score },
    { what: 'components, 4.2 M voxels, 26 neighbours', unit: 'ms', value: components },
    { what: 'Gaussian, sigma 2, 4.2 M voxels', unit: 'ms', value: timed(() => gaussian(image, 2)) },
    {
      what: 'filter bank, 19 features, one worker',
      unit: 'M voxels/s',
      value: perSecond(timed(() => computeFeatures(image, DEFAULT_BANK, core))),
    },
    { what: 'training 50 trees on 16,000 voxels', unit: 'ms', value: timed(() => trainForest(set)) },
    { what: 'forest prediction, one worker', unit: 'M voxels/s', value: perSecond(timed(() => predictForest(forest, block))) },
  ];
}
