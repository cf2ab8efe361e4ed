// The table Batch: what each data set is at, what was found in it and how it scores, and Cancel for the one that runs or waits.
import type { ReactElement } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { formatScore } from '../../../base/rounding.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { type BatchRow, type BatchState, cancelInBatch } from './batch.ts';
import { type BatchLine, statusText } from './batch-rows.ts';
import { type CalciumDataset, chosenDetections, datasetById } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { SCORE_COLUMNS } from './scores-table.tsx';

interface BatchTableProps extends Pick<BatchState, 'rows'> {
  readonly lines: readonly BatchLine[];
}

export function BatchTable({ lines, rows }: BatchTableProps): ReactElement {
  return (
    <table aria-label="Batch" className="dense">
      <Head />
      <tbody>
        {lines.map((line) => {
          const dataset = line.id === null ? undefined : datasetById(line.id);
          return dataset ? (
            <OpenLine key={line.id} line={line} dataset={dataset} row={rows[dataset.id]} />
          ) : (
            <ClosedLine key={line.name} line={line} />
          );
        })}
      </tbody>
    </table>
  );
}

function Head(): ReactElement {
  return (
    <thead>
      <tr>
        <th className="l name" scope="col">
          Data set
        </th>
        <th className="l state" scope="col">
          Status
        </th>
        <th className="act" scope="col">
          <span className="vh">Cancel</span>
        </th>
        {['Frames', 'Regions', ...SCORE_COLUMNS.map(titled), 'Seconds'].map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const titled = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

interface OpenLineProps {
  readonly line: BatchLine;
  readonly dataset: CalciumDataset;
  readonly row: BatchRow | undefined;
}

function OpenLine({ line, dataset, row }: OpenLineProps): ReactElement {
  const jobs = useJobs();
  const score = useCalcium(dataset, (state) => state.score);
  useCalcium(dataset, (state) => state.versions.predictions);
  useCalcium(dataset, (state) => state.confidence);
  const regions = chosenDetections(dataset).length;
  const mayCancel = row?.status === 'waiting' || row?.status === 'running';
  return (
    <tr data-status={row?.status}>
      <th className="l name" scope="row" title={dataset.name}>
        {line.name}
      </th>
      <td className="l state">{statusText(line, row, jobs)}</td>
      <td className="act">
        {mayCancel && (
          <Button small icon={CloseIcon} aria-label={`Cancel ${line.name}`} onClick={() => cancelInBatch(dataset.id)}>
            Cancel
          </Button>
        )}
      </td>
      <td>{grouped(dataset.files.movie.frames)}</td>
      <td>{regions > 0 || row?.status === 'done' ? grouped(regions) : MISSING}</td>
      {SCORE_COLUMNS.map((name) => (
        <td key={name} title={score ? String(score[name]) : undefined}>
          {score ? formatScore(score[name]) : MISSING}
        </td>
      ))}
      <td>{fixed(row?.seconds, 1)}</td>
    </tr>
  );
}

function ClosedLine({ line }: { readonly line: BatchLine }): ReactElement {
  const columns = ['frames', 'regions', ...SCORE_COLUMNS, 'seconds'];
  return (
    <tr className="off">
      <th className="l name" scope="row">
        {line.name}
      </th>
      <td className="l state">{statusText(line, undefined, [])}</td>
      <td className="act" />
      {columns.map((name) => (
        <td key={name}>{MISSING}</td>
      ))}
    </tr>
  );
}
