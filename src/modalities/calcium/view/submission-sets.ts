// Which open data sets go into a submission, and what their scores say of the axes.
import { resources } from '../../../state/resources.ts';
import type { SubmissionSet } from '../shared/regions.ts';
import type { Curves } from '../shared/score.ts';
import { type CalciumDataset, chosenDetections } from './datasets.ts';
import type { ExchangeTrial } from './submission-lines.ts';

/** An open data set as the dialog offers it. */
export interface OfferedSet extends SubmissionSet {
  readonly id: string;
}

/** By name, then in the order in which they were opened. */
export function offeredSets(datasets: readonly CalciumDataset[]): OfferedSet[] {
  return datasets
    .map((dataset) => ({
      id: dataset.id,
      name: dataset.info.shortName,
      regions: chosenDetections(dataset).map(({ region }) => region),
      height: dataset.files.movie.height,
      width: dataset.files.movie.width,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Whether a set is in the file: as the person chose, else if it has regions. */
export function isIncluded({ id, regions }: OfferedSet, chosen: ReadonlyMap<string, boolean>): boolean {
  return chosen.get(id) ?? regions.length > 0;
}

/** Of the sets that have a truth to try on. */
export function exchangeTrials(sets: readonly OfferedSet[]): ExchangeTrial[] {
  return sets.flatMap(({ id, name }) => {
    const curves = resources.get<Curves>(`${id}/curves`);
    return curves ? [{ name, asIs: curves.asIs, exchanged: curves.exchanged, looksTransposed: curves.looksTransposed }] : [];
  });
}
