// The tables that `npm run evaluate` prints: a row for each movie and choice of labels, means and the worst, and the calibration.

import { fixed } from '../../src/base/number-format.ts';
import type { Labels } from '../../src/modalities/calcium/shared/detection.ts';
import type { Family } from '../simulate/params.ts';
import type { AblationFigures } from './ablation.ts';
import { calibrationError, ordering, reliability } from './calibration.ts';
import type { Figures } from './figures.ts';
import type { Agreement, TraceAgreement } from './traces.ts';

export interface MovieFigures {
  readonly movie: string;
  /** Null for a real set. */
  readonly family: Family | null;
  readonly seed: number | null;
  readonly figures: readonly Figures[];
  /** Median correlations of found active cells' traces with the truth. */
  readonly traces: TraceAgreement | undefined;
  /** What is left where a part is taken away. */
  readonly ablation: readonly AblationFigures[] | undefined;
  /** Regions in texture without cells. */
  readonly texture: number | undefined;
}

const HEAD = [
  'movie',
  'labels',
  'F1',
  'recall',
  'precision',
  'incl.',
  'excl.',
  'radius',
  'of label',
  'ECE',
  'regions',
  'of',
  'seconds',
  'with reading',
];

export function headLine(): string {
  return line(HEAD);
}

export function movieLine(movie: string, figures: Figures): string {
  const { labels, score, radiusFound, radiusLabel, found, truths, seconds, secondsInAll } = figures;
  const { combined, recall, precision, inclusion, exclusion } = score;
  const rates = [combined, recall, precision, inclusion, exclusion].map((value) => fixed(value, 3));
  const radii = [fixed(radiusFound, 1), fixed(radiusLabel, 1), fixed(figures.calibrationError, 3)];
  return line([movie, labels, ...rates, ...radii, String(found), String(truths), fixed(seconds, 1), fixed(secondsInAll, 1)]);
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i < 2 ? cell.padEnd(i === 0 ? 24 : 8) : cell.padStart(9)))
    .join(' ')
    .trimEnd();
}

/** How the traces of found active cells go with what was drawn. */
export function traceLine({ plain, denoised, byLabels }: TraceAgreement): string {
  const pair = (figures: Agreement) => `${fixed(figures.plain, 3)}, denoised ${fixed(figures.denoised, 3)}`;
  return `  traces of found active cells: median correlation with the truth ${pair({ plain, denoised })}; by the labels' pixels ${pair(byLabels)}`;
}

/** Mean and worst F1 for each choice of labels over the simulated movies, and with "active" where only active cells are labelled. */
export function summaryLines(movies: readonly MovieFigures[]): string[] {
  const simulated = movies.filter(({ family }) => family !== null);
  const choices = new Set(simulated.flatMap(({ figures }) => figures.map(({ labels }) => labels)));
  const lines = [...choices].map((labels) => oneLine(`simulated, ${labels}`, simulated, () => labels));
  if (choices.has('both') && choices.has('active'))
    lines.push(oneLine('simulated, active on 02 and 04, else both', simulated, switched));
  return lines;
}

/** What the labels of a family are, as its makers say. */
const switched = ({ family }: MovieFigures): Labels => (family === '02' || family === '04' ? 'active' : 'both');

function oneLine(title: string, movies: readonly MovieFigures[], choose: (movie: MovieFigures) => Labels): string {
  const scores = movies.flatMap((movie) => {
    const figures = movie.figures.find(({ labels }) => labels === choose(movie));
    return figures ? [{ movie: movie.movie, combined: figures.score.combined }] : [];
  });
  if (scores.length === 0) return `${title}: no movie`;
  const middle = mean(scores.map(({ combined }) => combined));
  const worst = scores.reduce((low, one) => (one.combined < low.combined ? one : low));
  return `${title}: mean F1 ${fixed(middle, 3)}, worst ${fixed(worst.combined, 3)} (${worst.movie}), ${scores.length} movies`;
}

/** How confidence and share of right ones go together, over the regions shown with one choice of labels. */
export function calibrationLines(movies: readonly MovieFigures[], labels: Labels): string[] {
  const each = movies.flatMap(({ figures }) => figures.filter((one) => one.labels === labels).map((one) => one.judged));
  const judged = each.flat();
  if (judged.length === 0) return [];
  const orders = each.map(ordering).filter((order) => !Number.isNaN(order));
  return [
    `confidence of the regions shown, ${labels}: expected calibration error ${fixed(calibrationError(judged), 3)} (${judged.length} regions)`,
    `  a right region stands above a wrong one of its movie with a chance of ${fixed(mean(orders), 2)}`,
    ...reliability(judged).map(
      ({ from, to, count, confidence, right }) =>
        `  ${fixed(from, 1)} to ${fixed(to, 1)}: confidence ${fixed(confidence, 2)}, right ${fixed(right, 2)}, ${count} regions`,
    ),
  ];
}

/** Means over the simulated movies, and each real set by itself. */
export function ablationLines(movies: readonly MovieFigures[]): string[] {
  const real = movies.filter(({ family }) => family === null);
  const groups = [
    { name: 'simulated, mean', members: movies.filter(({ family }) => family !== null) },
    ...real.map((movie) => ({ name: movie.movie, members: [movie] })),
  ];
  return groups.flatMap(({ name, members }) => {
    const told = members.flatMap(({ ablation }) => (ablation ? [ablation] : []));
    return (told[0] ?? []).map(({ without }, i) => {
      const of = (figure: 'combined' | 'inclusion' | 'exclusion') => fixed(mean(told.map((one) => one[i]!.score[figure])), 3);
      return `${name}, without ${without}: F1 ${of('combined')}, inclusion ${of('inclusion')}, exclusion ${of('exclusion')}`;
    });
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
