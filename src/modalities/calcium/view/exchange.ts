// Exchanges rows and columns of all predictions: the remedy for the classic error of this benchmark. Can be undone.
import { transposed } from '../../../base/region.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { setPredictions } from './history.ts';

/** The step's name in the history. */
export const EXCHANGE_STEP = 'Exchange rows and columns';

export function exchangeAxes(dataset: CalciumDataset): void {
  const { confidence, predictionSource, foundDiameter } = dataset.store.getState();
  const exchanged = detectionsOf(dataset).map((one) => ({ ...one, region: transposed(one.region), row: one.col, col: one.row }));
  setPredictions(dataset, EXCHANGE_STEP, exchanged, { confidence, predictionSource, foundDiameter });
}
