// What `npm run evaluate -- …` understands.
import { parseArgs } from 'node:util';
import type { Labels } from '../../src/modalities/calcium/shared/detection.ts';
import type { Family } from '../simulate/params.ts';

export interface EvaluateOptions {
  readonly families: readonly Family[];
  readonly seeds: readonly number[];
  /** Whether the seeds were drawn for this run. */
  readonly drawn: boolean;
  readonly height: number;
  readonly width: number;
  readonly frames: number;
  readonly labels: readonly Labels[];
  /** Folders and zips of real sets. */
  readonly real: readonly string[];
  readonly texture: boolean;
  readonly traces: boolean;
  readonly ablation: boolean;
  /** Where the figures are written as JSON. */
  readonly json: string | undefined;
}

export const HELP = `npm run evaluate -- [options]
  --seeds 301,302      seeds of the simulated movies; without it two are drawn at random and printed
  --count 3            how many seeds are drawn
  --families 00,02     families of simulated movies; default all five, "none" for none
  --size 256x256       rows x columns of the simulated movies
  --frames 1000        frames of the simulated movies
  --labels both,active what the labels are taken for: both, active, visible; default all three
  --real PATH          a folder or zip of real sets, as often as wanted
  --texture            also counts regions in phase-randomised texture without cells
  --traces             also compares traces of found active cells with the simulated truth
  --ablation           also what is lost where a part of the detector is taken away
  --json out.json      writes all figures`;

const FAMILIES: readonly Family[] = ['00', '01', '02', '03', '04'];
const LABELS: readonly Labels[] = ['both', 'active', 'visible'];
const USUAL_COUNT = 2;
const LARGEST_SEED = 1_000_000;

/** Throws a sentence for people when the words make no sense. `draw` gives a whole number below its argument. */
export function parseOptions(words: readonly string[], draw: (below: number) => number): EvaluateOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seeds: { type: 'string' },
      count: { type: 'string' },
      families: { type: 'string' },
      size: { type: 'string' },
      frames: { type: 'string' },
      labels: { type: 'string' },
      real: { type: 'string', multiple: true },
      texture: { type: 'boolean', default: false },
      traces: { type: 'boolean', default: false },
      ablation: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const whole = (name: string, text: string, least: number, most: number) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
      throw new Error(`${name} takes whole numbers from ${least} to ${most}, not "${text}".`);
    return value;
  };
  const choices = <T extends string>(name: string, text: string | undefined, all: readonly T[]): readonly T[] =>
    text === undefined
      ? all
      : text.split(',').map((word) => {
          const found = all.find((one) => one === word);
          if (!found) throw new Error(`${name} takes ${all.join(', ')}, not "${word}".`);
          return found;
        });
  const size = (values.size ?? '256x256').split('x');
  if (size.length !== 2) throw new Error('--size takes rows x columns, such as 256x256.');
  const [height, width] = size.map((text) => whole('--size', text, 64, 1024)) as [number, number];
  const count = whole('--count', values.count ?? String(USUAL_COUNT), 1, 100);
  const seeds = values.seeds?.split(',').map((text) => whole('--seeds', text, 0, LARGEST_SEED));
  return {
    families: values.families === 'none' ? [] : choices('--families', values.families, FAMILIES),
    seeds: seeds ?? Array.from({ length: count }, () => draw(LARGEST_SEED)),
    drawn: seeds === undefined,
    height,
    width,
    frames: whole('--frames', values.frames ?? '1000', 4, 20_000),
    labels: choices('--labels', values.labels, LABELS),
    real: values.real ?? [],
    texture: values.texture,
    traces: values.traces,
    ablation: values.ablation,
    json: values.json,
  };
}
