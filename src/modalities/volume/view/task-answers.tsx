// Answers to MTNeuro's task 1 (region of a slice) and task 3 (semantic features of its quadrants) beside the published ones.
import type { ReactElement } from 'react';
import { fixed, grouped } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { AlertStrip } from '../../../ui/alert-strip.tsx';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { CUTOUTS, TASK1, TASK1_NOTE, TASK1_PEOPLE, TASK3_BYOL } from '../shared/published.ts';
import type { TaskOneOutput } from '../shared/score-types.ts';
import { readOutTexture } from './answers.ts';
import { Confusion } from './confusion.tsx';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';

const AREAS = CUTOUTS.map(({ name, title }) => ({ name: title, short: name }));

interface TaskOneRow {
  readonly method: string;
  readonly own: boolean;
  /** On these slices, then by the protocols C1, C2 and C3 of the paper. */
  readonly accuracy: readonly (number | undefined)[];
  readonly spread: readonly number[];
}

function taskOneRows({ accuracy, labelledAccuracy }: TaskOneOutput): TaskOneRow[] {
  const own = (method: string, value: number): TaskOneRow => ({ method, own: true, accuracy: [value], spread: [] });
  return [
    own('Yours, as published', accuracy),
    own('Yours, labelled only', labelledAccuracy),
    ...TASK1.map((row) => ({
      method: row.method,
      own: false,
      accuracy: [undefined, ...row.accuracy],
      spread: [0, ...(row.spread ?? [])],
    })),
  ];
}

export function TaskOne({ dataset }: { readonly dataset: VolumeDataset }): ReactElement | null {
  const result = useVolume(dataset, (state) => state.taskOne);
  if (!result) return null;
  const columns: Column<TaskOneRow>[] = [
    {
      id: 'method',
      head: 'Accuracy',
      left: true,
      rowHeader: true,
      cell: ({ method, own }) => (own ? <b>{method}</b> : method),
      full: ({ method, own }) => (own ? `${method}: ${result.name}` : method),
    },
    ...['Here', 'C1', 'C2', 'C3'].map(
      (head, i): Column<TaskOneRow> => ({
        id: head,
        head,
        width: 50,
        title: head === 'Here' ? 'On these slices' : `Protocol ROI-${head} of the paper`,
        cell: ({ accuracy, own }) => fixed(accuracy[i], own ? 3 : 2),
        full: ({ accuracy, spread }) => `${accuracy[i] ?? ''}${spread[i] ? ` ± ${spread[i]}` : ''}`,
      }),
    ),
  ];
  return (
    <Section title="Region of each slice" note="task 1">
      <div className="pad">
        <dl className="figs volume-figs">
          <div>
            <dt>As published</dt>
            <dd title={String(result.accuracy)}>{fixed(result.accuracy, 3)}</dd>
          </div>
          <div>
            <dt>Labelled slices only</dt>
            <dd title={String(result.labelledAccuracy)}>{fixed(result.labelledAccuracy, 3)}</dd>
          </div>
        </dl>
      </div>
      {result.ceiling < 1 && (
        <AlertStrip>{`${grouped(result.unlabelled)} ${result.unlabelled === 1 ? 'slice carries no region label and counts' : 'slices carry no region label and count'} as cortex: even a perfect classifier reaches only ${fixed(result.ceiling, 2)} here. ${TASK1_NOTE}`}</AlertStrip>
      )}
      {result.unscored > 0 && <AlertStrip>{`${grouped(result.unscored)} slices have no answer and are left out.`}</AlertStrip>}
      <Confusion label="Confusion of areas" classes={AREAS} counts={result.confusion} />
      <Table
        dense
        label="Task 1 published"
        columns={columns}
        rows={taskOneRows(result)}
        rowKey={({ method, own }) => `${own} ${method}`}
      />
      <p className="pad s t3">{TASK1_PEOPLE}</p>
    </Section>
  );
}

const BYOL = [TASK3_BYOL.vessel, TASK3_BYOL.cellCount, TASK3_BYOL.nearestNeighbour, TASK3_BYOL.cellSize, TASK3_BYOL.axon];

interface FeatureRow {
  readonly feature: string;
  readonly published: number | undefined;
  readonly heldOut: number | undefined;
  readonly texture: number | undefined;
  readonly byol: number;
}

export function TaskThree({ dataset }: { readonly dataset: VolumeDataset }): ReactElement | null {
  const result = useVolume(dataset, (state) => state.taskThree);
  const layers = useVolume(dataset, (state) => state.layers);
  const isBusy = useJobs().some((job) => job.dataset === dataset.id && !job.idle);
  const hasTruth = layers.some(({ role, kind }) => role === 'truth' && kind === 'microstructure');
  const hasImage = layers.some(({ role, status }) => role === 'image' && status === 'ready');
  if (!result && (dataset.info.cutouts.length === 0 || !hasTruth)) return null;
  return (
    <Section
      title="Features"
      note="task 3, R² of a linear readout"
      tools={
        <Button small disabled={isBusy || !hasImage || !hasTruth} onClick={() => void readOutTexture(dataset)}>
          Texture
        </Button>
      }
    >
      {result ? (
        <FeatureTable result={result} />
      ) : (
        <p className="pad s t2">
          Drop embeddings (.npy, one row a quadrant, four a slice), or read the features out of the image’s texture.
        </p>
      )}
    </Section>
  );
}

type Result = NonNullable<ReturnType<VolumeDataset['store']['getState']>['taskThree']>;

function FeatureTable({ result: { name, rows: own, texture } }: { readonly result: Result }): ReactElement {
  const rows = (own ?? texture ?? []).map(
    ({ feature }, i): FeatureRow => ({
      feature,
      published: own?.[i]?.published,
      heldOut: own?.[i]?.heldOut,
      texture: texture?.[i]?.heldOut,
      byol: BYOL[i]!,
    }),
  );
  const number = (id: Exclude<keyof FeatureRow, 'feature'>, head: string, title: string): Column<FeatureRow> => ({
    id,
    head,
    width: 62,
    title,
    cell: (row) => fixed(row[id], 3),
    full: (row) => String(row[id] ?? ''),
  });
  return (
    <>
      <Table
        dense
        label="Features"
        columns={[
          {
            id: 'feature',
            head: 'Feature',
            left: true,
            rowHeader: true,
            cell: ({ feature }) => <span className="volume-region">{feature}</span>,
          },
          number('published', 'Publ.', 'As published: fitted and scored on the same quadrants'),
          number('heldOut', 'Held out', 'On the last quarter of each area, which the fit has not seen'),
          number('texture', 'Texture', 'Of the image’s texture, on quadrants the fit has not seen'),
          number('byol', 'BYOL', 'Published, fitted and scored on the same quadrants'),
        ]}
        rows={rows}
        rowKey={({ feature }) => feature}
      />
      <p className="pad s t3">
        {`${name ? `Publ. and Held out: ${name}. ` : ''}Publ. as published: fitted and scored on the same quadrants, distances and sizes with the reference’s quirks. Held out and Texture: on quadrants the fit has not seen. BYOL is published.`}
      </p>
    </>
  );
}
