// The user's scores beside the published ones: MTNeuro's tables of task 2, and answers to task 1 (region of a slice) and 3 (features).
import type { ReactElement } from 'react';
import { fixed, grouped } from '../../../base/number-format.ts';
import { AlertStrip } from '../../../ui/alert-strip.tsx';
import { Section } from '../../../ui/section.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { TASK1, TASK1_NOTE, TASK2_3CLASS, TASK2_4CLASS, TASK2_NOTE, TASK3_BYOL } from '../shared/published.ts';
import type { ScoreSummary } from '../shared/score-types.ts';
import { Confusion } from './confusion.tsx';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';

interface PublishedRow {
  readonly method: string;
  readonly own: boolean;
  readonly f1: readonly number[];
  readonly iou: readonly number[];
}

export function Published({ scores }: { readonly scores: ScoreSummary }): ReactElement {
  const dimensions = scores.blocks === '2-D' ? 2 : 3;
  const table = (scores.task === '3-class' ? TASK2_3CLASS : TASK2_4CLASS).filter((row) => row.dimensions === dimensions);
  const own: PublishedRow = {
    method: 'Yours',
    own: true,
    f1: [...scores.old.f1, scores.old.meanF1],
    iou: [...scores.old.iou, scores.old.meanIou],
  };
  const rows: PublishedRow[] = [own, ...table.map((row) => ({ ...row, own: false }))];
  const heads = scores.task === '3-class' ? ['bg', 'vessel', 'cell', 'mean'] : ['bg', 'vessel', 'cell', 'axon', 'mean'];
  const columns: Column<PublishedRow>[] = [
    {
      id: 'method',
      head: 'F1 / IoU',
      left: true,
      rowHeader: true,
      cell: ({ method, own: isOwn }) => (isOwn ? <b>{method}</b> : method),
    },
    ...heads.map(
      (head, i): Column<PublishedRow> => ({
        id: head,
        head,
        width: 60,
        cell: ({ f1, iou }) => `${short(f1[i])} ${short(iou[i])}`,
        full: ({ f1, iou }) => `F1 ${f1[i]}, IoU ${iou[i]}`,
      }),
    ),
  ];
  return (
    <Section title="Published" note={`${dimensions}-D, test set`}>
      <Table
        dense
        label="Published scores"
        columns={columns}
        rows={rows}
        rowKey={({ method, own: isOwn }) => `${isOwn} ${method}`}
      />
      <p className="pad s t3">{TASK2_NOTE}</p>
    </Section>
  );
}

const short = (value: number | undefined) => fixed(value, 2).replace(/^0\./, '.');

const AREAS = ['CTX', 'STR', 'VP', 'ZI'];

export function TaskOne({ dataset }: { readonly dataset: VolumeDataset }): ReactElement | null {
  const result = useVolume(dataset, (state) => state.taskOne);
  if (!result) return null;
  const rows = [
    { method: result.name, values: [result.accuracy], own: true },
    ...TASK1.map(({ method, accuracy }) => ({ method, values: accuracy, own: false })),
  ];
  const columns: Column<(typeof rows)[number]>[] = [
    {
      id: 'method',
      head: 'Accuracy',
      left: true,
      rowHeader: true,
      cell: ({ method, own }) => (own ? <b className="cut">{method}</b> : method),
    },
    ...['C1', 'C2', 'C3'].map((head, i) => ({
      id: head,
      head,
      width: 58,
      cell: ({ values }: { values: readonly number[] }) => fixed(values[i], 2),
      full: ({ values }: { values: readonly number[] }) => String(values[i] ?? ''),
    })),
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
        <AlertStrip>{`${grouped(result.unlabelled)} slices carry no region label and count as cortex: even a perfect classifier reaches only ${fixed(result.ceiling, 2)} here. ${TASK1_NOTE}`}</AlertStrip>
      )}
      {result.unscored > 0 && <AlertStrip>{`${grouped(result.unscored)} slices have no answer and are left out.`}</AlertStrip>}
      <Confusion label="Confusion of areas" names={AREAS} counts={result.confusion} />
      <Table dense label="Task 1 published" columns={columns} rows={rows} rowKey={({ method, own }) => `${own} ${method}`} />
    </Section>
  );
}

const BYOL = [TASK3_BYOL.vessel, TASK3_BYOL.cellCount, TASK3_BYOL.nearestNeighbour, TASK3_BYOL.cellSize, TASK3_BYOL.axon];

export function TaskThree({ dataset }: { readonly dataset: VolumeDataset }): ReactElement | null {
  const result = useVolume(dataset, (state) => state.taskThree);
  if (!result) return null;
  const rows = result.rows.map((row, i) => ({ ...row, byol: BYOL[i]! }));
  const number = (id: 'published' | 'heldOut' | 'byol', head: string): Column<(typeof rows)[number]> => ({
    id,
    head,
    width: 76,
    cell: (row) => fixed(row[id], 3),
    full: (row) => String(row[id]),
  });
  return (
    <Section title="Features" note="task 3, R² of a linear readout">
      <Table
        dense
        label="Features"
        columns={[
          { id: 'feature', head: result.name, left: true, rowHeader: true, cell: ({ feature }) => feature },
          number('published', 'As published'),
          number('heldOut', 'Held out'),
          number('byol', 'BYOL'),
        ]}
        rows={rows}
        rowKey={({ feature }) => feature}
      />
      <p className="pad s t3">
        As published: fitted and scored on the same quadrants. Held out: on quadrants the fit has not seen.
      </p>
    </Section>
  );
}
