// The region report: how much of each structure a region holds, how dense its cells are, how regions differ.
import type { ReactElement } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { conventionById } from '../shared/label-conventions.ts';
import type { Report, ReportRow } from '../shared/report-types.ts';
import { Confusion } from './confusion.tsx';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { makeReport, saveReport, UNMEASURED } from './report.ts';

const number = (id: keyof ReportRow, head: string, digits: number, width: number, title: string): Column<ReportRow> => ({
  id,
  head,
  width,
  title,
  cell: (row) =>
    Number.isFinite(row[id]) ? (digits === 0 ? grouped(row[id] as number) : fixed(row[id] as number, digits)) : MISSING,
  full: (row) => (Number.isFinite(row[id]) ? `${row[id]}` : ''),
});

const percent = (id: 'vessel' | 'axon' | 'cell', head: string): Column<ReportRow> => ({
  id,
  head,
  width: 56,
  title: `${head}, share of the region's voxels`,
  cell: (row) => (Number.isFinite(row[id]) ? `${fixed(row[id] * 100, 1)} %` : MISSING),
  full: (row) => String(row[id]),
});

const name: Column<ReportRow> = {
  id: 'name',
  head: 'Region',
  left: true,
  rowHeader: true,
  cell: (row) => <span className="volume-region">{row.name}</span>,
  full: (row) => row.name,
};

/** In the tables below the first, regions go by their short names. */
const shortName: Column<ReportRow> = { ...name, cell: (row) => shortOf(row.name), width: 68 };

const COLUMNS: readonly Column<ReportRow>[] = [
  name,
  number('cellsPerMm3', 'Cells/mm³', 0, 72, 'Cells per mm³'),
  percent('vessel', 'Vessel'),
  percent('cell', 'Cell'),
  percent('axon', 'Axon'),
];

const CELLS: readonly Column<ReportRow>[] = [
  shortName,
  number('cells', 'Cells', 0, 52, 'Cells: connected in three dimensions'),
  number('cellsPerMm2', 'per mm²', 0, 62, 'Cell profiles on a slice per mm²'),
  number('spacing', 'Spacing µm', 1, 82, 'Mean distance from a cell to the nearest other one, centre to centre, in µm'),
  { ...number('mm3', 'mm³', 5, 74, 'Volume of the region in mm³'), cell: ({ mm3 }) => fixed(mm3, mm3 < 0.1 ? 5 : 3) },
];

const TISSUE: readonly Column<ReportRow>[] = [
  shortName,
  number('vesselDistance', 'To vessel µm', 1, 88, 'Mean distance of tissue to the nearest vessel in µm'),
  number('vesselLength', 'mm/mm³', 0, 62, 'Length of vessels in mm per mm³'),
  number('coherence', 'Orient.', 2, 58, 'Coherence of orientation: 0 for every direction, 1 for one'),
  {
    ...number('greyMean', 'Grey ± sd', 0, 78, 'Mean grey value and its standard deviation'),
    cell: ({ greyMean, greyDeviation }) => `${fixed(greyMean, 0)} ± ${fixed(greyDeviation, 0)}`,
  },
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

function Shown({ report: { rows, kl, cosine, unmeasured } }: { readonly report: Report }): ReactElement {
  const regions = rows.map((row) => ({ name: row.name, short: shortOf(row.name) }));
  return (
    <>
      <Table dense label="Regions" columns={COLUMNS} rows={rows} rowKey={(row) => row.name} />
      <Table dense label="Cells of regions" columns={CELLS} rows={rows} rowKey={(row) => row.name} />
      <Table dense label="Vessels and tissue of regions" columns={TISSUE} rows={rows} rowKey={(row) => row.name} />
      {unmeasured.length > 0 && <p className="pad s t2">{`${UNMEASURED}. ${capital(unmeasured.join(', '))}.`}</p>}
      {rows.length > 1 && (
        <>
          <p className="pad s t2 volume-caption">Grey values: KL divergence in nats, rows P, columns Q</p>
          <Confusion label="KL divergence" classes={regions} counts={kl} plain />
          <p className="pad s t2 volume-caption">Composition (vessel, cell, axon): 1 − cosine</p>
          <Confusion label="Composition difference" classes={regions} counts={cosine} plain />
        </>
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function shortOf(region: string): string {
  return conventionById('regions')?.classes.find((one) => one.name === region)?.short ?? region;
}
