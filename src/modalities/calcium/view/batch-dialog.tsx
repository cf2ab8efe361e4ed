// The dialog Batch: every open data set and every wanted test set in a table; Run all detects in one after another with the
// parameters of a chosen set or the defaults, and one submission holds them all. It may be closed while it runs.
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { formatScore } from '../../../base/rounding.ts';
import { useJobs, useSession } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { Select } from '../../../ui/select.tsx';
import { type BatchRow, batch, cancelInBatch, DEFAULT_PARAMETERS, type Parameters, runBatch } from './batch.ts';
import { type BatchLine, batchLines, statusText } from './batch-rows.ts';
import { allDatasets, type CalciumDataset, chosenDetections, datasetById, detectionsOf } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { SCORE_COLUMNS } from './scores-table.tsx';
import './batch.css';

const DEFAULTS = 'defaults';

interface BatchDialogProps {
  readonly onClose: () => void;
  readonly onSubmission: () => void;
}

export function BatchDialog({ onClose, onSubmission }: BatchDialogProps): ReactElement {
  const { datasets, activeId } = useSession();
  const { running, rows } = useStore(batch);
  const [chosen, setChosen] = useState(activeId ?? DEFAULTS);
  const open = allDatasets().filter(({ id }) => datasets.some((one) => one.id === id));
  const lines = batchLines(open.map(({ id, info }) => ({ id, name: info.shortName })));
  const ids = lines.flatMap(({ id }) => id ?? []);
  const rest = ids.filter((id) => detectionsOf(datasetById(id)!).length === 0);
  const run = (which: readonly string[]) => void runBatch(which, parametersOf(chosen));
  return (
    <Dialog
      title="Batch"
      broad
      onClose={onClose}
      actions={
        <>
          <Button kind="edge" disabled={running} onClick={onSubmission}>
            Submission JSON
          </Button>
          <Button disabled={running || rest.length === 0 || rest.length === ids.length} onClick={() => run(rest)}>
            Run the rest
          </Button>
          <Button kind="main" disabled={running || ids.length === 0} onClick={() => run(ids)}>
            Run all
          </Button>
        </>
      }
    >
      <div className="batch-head">
        <p className="t2">One data set after another; it goes on while this is closed.</p>
        <span className="push" />
        <span className="t2" aria-hidden="true">
          Parameters
        </span>
        <Select
          label="Parameters"
          value={chosen}
          disabled={running}
          onChange={setChosen}
          choices={[
            { value: DEFAULTS, label: 'Defaults' },
            ...open.map(({ id, name }) => ({ value: id, label: `As in ${name}` })),
          ]}
        />
      </div>
      <p className="s t3">{describe(parametersOf(chosen))}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="batch-table" aria-label="Data sets of the batch" tabIndex={0}>
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
      </section>
    </Dialog>
  );
}

function parametersOf(chosen: string): Parameters {
  const state = chosen === DEFAULTS ? DEFAULT_PARAMETERS : datasetById(chosen)?.store.getState();
  const { diameter, sensitivity, labels } = state ?? DEFAULT_PARAMETERS;
  return { diameter, sensitivity, labels };
}

const LABELS = { both: 'active and visible cells', active: 'active cells', visible: 'all visible cells' } as const;

function describe({ diameter, sensitivity, labels }: Parameters): string {
  const size = diameter === null ? 'diameter found from each movie' : `diameter ${fixed(diameter, 1)} px`;
  return `Labels are ${LABELS[labels]}, ${size}, sensitivity ${fixed(sensitivity, 2)}; the match threshold is each set’s own.`;
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
