// The table Scores: a row per open data set, four decimals as the reference rounds them, the full value in the title.
import type { ReactElement } from 'react';
import { MISSING } from '../../../base/number-format.ts';
import { formatScore } from '../../../base/rounding.ts';
import { useSession } from '../../../state/hooks.ts';

import { type CalciumDataset, datasetById } from './datasets.ts';
import { useCalcium } from './hooks.ts';

export const SCORE_COLUMNS = ['recall', 'precision', 'combined', 'inclusion', 'exclusion'] as const;

export function ScoresTable(): ReactElement {
  const { datasets } = useSession();
  return (
    <div className="scroll">
      <table aria-label="Scores" className="dense">
        <thead>
          <tr>
            <th className="l" scope="col">
              Data set
            </th>
            {SCORE_COLUMNS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">threshold</th>
          </tr>
        </thead>
        <tbody>
          {datasets
            .filter(({ modality }) => modality === 'calcium')
            .map(({ id, name }) => {
              const dataset = datasetById(id);
              return dataset ? <ScoreRow key={id} dataset={dataset} /> : <EmptyRow key={id} name={name} />;
            })}
        </tbody>
      </table>
    </div>
  );
}

function ScoreRow({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const score = useCalcium(dataset, (state) => state.score);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  return (
    <tr>
      <th className="l" scope="row">
        {dataset.info.shortName}
      </th>
      {SCORE_COLUMNS.map((name) => (
        <td key={name} title={score ? String(score[name]) : undefined}>
          {score ? formatScore(score[name]) : MISSING}
        </td>
      ))}
      <td>{threshold}</td>
    </tr>
  );
}

function EmptyRow({ name }: { readonly name: string }): ReactElement {
  return (
    <tr>
      <th className="l" scope="row">
        {name}
      </th>
      {SCORE_COLUMNS.map((column) => (
        <td key={column}>{MISSING}</td>
      ))}
      <td>{MISSING}</td>
    </tr>
  );
}
