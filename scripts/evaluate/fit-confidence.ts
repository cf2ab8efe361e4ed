// Fits the weights of the confidence on simulated movies and prints them, to be written into pipeline/roi/detect/calibrate.ts:
//   npx tsx scripts/evaluate/fit-confidence.ts --seeds 700001,700002,700003
// Takes the options of `npm run evaluate` that choose movies. Judge the result on other seeds, by `npm run evaluate`.
import { randomInt } from 'node:crypto';
import { fixed } from '../../src/base/number-format.ts';
import type { UniteInput } from '../../src/modalities/calcium/shared/detection.ts';
import { type FindRunner, findRegions } from '../../src/modalities/calcium/shared/find-regions.ts';
import type { ShapeSearches } from '../../src/modalities/calcium/worker/detection-jobs.ts';
import type { ActivityCandidates } from '../../src/pipeline/roi/detect/activity-band.ts';
import { WEIGHTS } from '../../src/pipeline/roi/detect/calibrate.ts';
import { type Evidence, evidenceOf, fitWeights } from './confidence-fit.ts';
import { makeRunner, runScript } from './jobs.ts';
import { readMovie } from './movie.ts';
import { parseOptions } from './options.ts';
import { simulateSet } from './simulated.ts';

async function main(): Promise<void> {
  const { families, seeds, height, width, frames } = parseOptions(process.argv.slice(2), randomInt);
  console.log(`Families ${families.join(', ')}, seeds ${seeds.join(', ')}, ${height} x ${width} x ${frames}`);
  const all: Evidence[] = [];
  for (const family of families) {
    for (const seed of seeds) {
      const { listing, root } = await simulateSet(family, seed, { height, width, frames });
      const movie = await readMovie(listing, root);
      const searches: Omit<UniteInput, 'labels' | 'sensitivity'>[] = [];
      const runner = makeRunner();
      const listening: FindRunner = {
        ...runner,
        ask: (job, input) => {
          searches.push(input as UniteInput);
          return runner.ask(job, input);
        },
      };
      await findRegions({ ...movie.planes, labels: 'both', sensitivity: 0.5, radius: null }, listening);
      for (const { shape, activity, ...field } of searches) {
        const found = { ...(shape as ShapeSearches), activity: (activity ?? []) as ActivityCandidates[], ...field };
        all.push(...evidenceOf(found, movie.truth ?? [], movie.threshold, family));
      }
      console.log(`${family}, seed ${seed}: ${all.length} candidates so far`);
    }
  }
  for (const purpose of ['any', 'active'] as const) {
    for (const carrier of ['ring', 'activity'] as const) {
      if (!WEIGHTS[purpose][carrier]) continue;
      const weights = fitWeights(all, purpose, carrier).map((weight) => fixed(weight, 2));
      console.log(`${purpose}, ${carrier}: [${weights.join(', ')}]`);
    }
  }
}

runScript(main);
