// The region report: how much of each structure a region holds, how dense its cells are, how regions differ.
import type { ReactElement } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import type { Report, ReportRow } from '../shared/report-types.ts';
import { Confusion } from './confusion.tsx';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { makeReport, saveReport } from './report.ts';

const number = (id: keyof ReportRow, head: string, digits: number, width: number, title?: string): Column<ReportRow> => ({
  id,
  head,
  width,
  ...(title ? { title } : {}),
  cell: (row) =>
    Number.isFinite(row[id]) ? (digits === 0 ? grouped(row[id] as number) : fixed(row[id] as number, digits)) : MISSING,
  full: (row) => (Number.isFinite(row[id]) ? String(row[id]) : ''),
});

const percent = (id: 'vessel' | 'axon' | 'cell', head: string): Column<ReportRow> => ({
  id,
  head,
  width: 56,
  cell: (row) => (Number.isFinite(row[id]) ? `${fixed(row[id] * 100, 1)} %` : MISSING),
  full: (row) => String(row[id]),
});

const COLUMNS: readonly Column<ReportRow>[] = [
  {
    id: 'name',
    head: 'Region',
    left: true,
    rowHeader: true,
    cell: ({ name }) => <span className="cut">{name}</span>,
    full: ({ name }) => name,
  },
  number('cellsPerMm3', 'Cells/mm³', 0, 72),
  percent('vessel', 'Vessel'),
  percent('cell', 'Cell'),
  percent('axon', 'Axon'),
];

const MORE: readonly Column<ReportRow>[] = [
  {
    id: 'name',
    head: 'Region',
    left: true,
    rowHeader: true,
    cell: ({ name }) => <span className="cut">{name}</span>,
    full: ({ name }) => name,
  },
  number('cellsPerMm2', '/mm²', 0, 52, 'Cell profiles per mm²'),
  number('spacing', 'Near µm', 1, 60, 'Distance to the nearest cell in µm'),
  number('vesselDistance', 'Ves. µm', 1, 60, 'Mean distance of tissue to the nearest vessel in µm'),
  number('coherence', 'Orient.', 2, 54, 'Coherence of orientation, 0 to 1'),
];

export function RegionsPanel({ dataset }: { readonly dataset: VolumeDataset }): ReactElement | null {
  const report = useVolume(dataset, (state) => state.report);
  const layers = useVolume(dataset, (state) => state.layers);
  const isBusy = useJobs().some((job) => job.dataset === dataset.id && !job.idle);
  const possible = layers.some(
    ({ role, kind, status, visible }) => role !== 'image' && kind === 'microstructure' && status === 'ready' && visible,
  );
  if (!possible) return null;
  return (
    <Section
      title="Regions"
      {...(report ? { count: report.rows.length } : {})}
      tools={
        <>
          <Button small disabled={isBusy} onClick={() => void makeReport(dataset)}>
            {report ? 'Again' : 'Report'}
          </Button>
          {report && (
            <Button small icon={SaveIcon} onClick={() => saveReport(dataset)}>
              CSV
            </Button>
          )}
        </>
      }
    >
      {report ? (
        <Shown report={report} />
      ) : (
        <p className="pad s t2">Fractions, densities, spacing and distances for each region.</p>
      )}
    </Section>
  );
}

function Shown({ report: { rows, kl, cosine } }: { readonly report: Report }): ReactElement {
  const names = rows.map(({ name }) => name);
  return (
    <>
      <Table dense label="Regions" columns={COLUMNS} rows={rows} rowKey={({ name }) => name} />
      <Table dense label="Region details" columns={MORE} rows={rows} rowKey={({ name }) => name} />
      {rows.length > 1 && (
        <>
          <p className="pad s t2 volume-caption">Grey values: KL divergence, rows P, columns Q</p>
          <Confusion label="KL divergence" names={names} counts={kl} plain />
          <p className="pad s t2 volume-caption">Composition: 1 − cosine</p>
          <Confusion label="Composition difference" names={names} counts={cosine} plain />
        </>
      )}
    </>
  );
}
