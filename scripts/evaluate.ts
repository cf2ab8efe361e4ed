// Judges the detector on simulated movies of seeds chosen at run time and on real sets, with the page's own readers, jobs and
// scorer. Default parameters: nothing is told but the frame rate. Asserts nothing; says what it measured, missed figures too.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { ablate } from './evaluate/ablation.ts';
import { answers } from './evaluate/figures.ts';
import { makeRunner, runScript } from './evaluate/jobs.ts';
import { type ReadMovie, readMovie } from './evaluate/movie.ts';
import { setsOnDisk } from './evaluate/on-disk.ts';
import { type EvaluateOptions, HELP, parseOptions } from './evaluate/options.ts';
import {
  ablationLines,
  calibrationLines,
  headLine,
  type MovieFigures,
  movieLine,
  summaryLines,
  traceLine,
} from './evaluate/report.ts';
import { simulateSet } from './evaluate/simulated.ts';
import { regionsInTexture } from './evaluate/texture.ts';
import { type TraceAgreement, traceAgreement } from './evaluate/traces.ts';
import type { SimulatedCell } from './simulate-movie.ts';

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes('--help')) {
    console.log(HELP);
    return;
  }
  const options = parseOptions(words, randomInt);
  const { height, width, frames, seeds, families } = options;
  if (families.length > 0) {
    console.log(
      `Simulated movies of ${height} x ${width} x ${frames}, seeds ${options.drawn ? 'drawn for this run: ' : ''}${seeds.join(', ')}`,
    );
  }
  console.log(headLine());
  const movies: MovieFigures[] = [];
  for (const family of families) {
    for (const seed of seeds) {
      const { listing, root, cells } = await simulateSet(family, seed, { height, width, frames });
      const movie = await readMovie(listing, root);
      movies.push({ ...(await judgeMovie(`simulated ${family}, seed ${seed}`, movie, options, cells)), family, seed });
    }
  }
  for (const path of options.real) {
    for (const { name, listing, root } of await setsOnDisk(path)) {
      const movie = await readMovie(listing, root);
      movies.push({ ...(await judgeMovie(name, movie, options, null)), family: null, seed: null });
    }
  }
  const lines = summaryLines(movies);
  for (const labels of options.labels) lines.push(...calibrationLines(movies, labels));
  lines.push(...ablationLines(movies));
  console.log(`\n${lines.join('\n')}`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ options, movies }, null, 1)}\n`);
}

async function judgeMovie(
  name: string,
  movie: ReadMovie,
  options: EvaluateOptions,
  cells: readonly SimulatedCell[] | null,
): Promise<Omit<MovieFigures, 'family' | 'seed'>> {
  const figures: MovieFigures['figures'][number][] = [];
  let traces: TraceAgreement | undefined;
  if (!movie.truth) console.log(`${name}: no labels, so no score`);
  const runner = makeRunner();
  for await (const answer of answers(movie, movie.truth ?? [], options.labels, runner)) {
    figures.push(answer.figures);
    console.log(movieLine(name, answer.figures));
    if (options.traces && cells && traces === undefined) {
      traces = await traceAgreement(movie, answer, cells);
      console.log(traceLine(traces));
    }
  }
  const texture = options.texture ? await countTexture(movie, figures[0]?.radiusFound ?? null) : undefined;
  const ablation = options.ablation && movie.truth ? await ablate(movie, movie.truth, runner) : undefined;
  return { movie: name, figures, traces, texture, ablation };
}

async function countTexture(movie: ReadMovie, radius: number | null): Promise<number> {
  const seed = randomInt(1_000_000);
  const { found, radiusFound } = await regionsInTexture(movie, radius, seed);
  console.log(`  phase-randomised texture without cells (seed ${seed}, radius ${radiusFound.toFixed(1)} px): ${found} regions`);
  return found;
}

runScript(main);
