// The list of regions: sorted, filtered by the legend, linked to the picture and the traces.
import { type ReactElement, useMemo, useState } from 'react';
import { fixed, MISSING } from '../../../base/number-format.ts';
import { Empty } from '../../../ui/empty.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import { Section } from '../../../ui/section.tsx';
import type { Column, Sort } from '../../../ui/table-parts.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { MatchLine } from './match-inspector.tsx';
import { describeRow, type RegionRow, regionRows } from './region-rows.ts';
import { selectRegion } from './selection.ts';

/** Sorting keys; a missing value goes last. */
const KEYS: Readonly<Record<string, (row: RegionRow) => number | string>> = {
  region: (row) => (row.layer === 'truth' ? 1e6 : 0) + row.index,
  area: (row) => row.area,
  found: (row) => row.kind,
  distance: (row) => (Number.isNaN(row.distance) ? -1 : row.distance),
  confidence: (row) => (Number.isNaN(row.confidence) ? -1 : row.confidence),
};

const COLUMNS: readonly Column<RegionRow>[] = [
  {
    id: 'region',
    head: 'Region',
    left: true,
    width: 84,
    sortable: true,
    rowHeader: true,
    cell: (row) => (
      <span className="mk">
        <LineSample kind={row.line} />
        {row.label}
        {row.result && <span className="vh"> {row.result}</span>}
      </span>
    ),
  },
  { id: 'area', head: 'Area px', width: 64, sortable: true, cell: (row) => row.area },
  {
    id: 'distance',
    head: 'Distance',
    title: 'Distance to the match, else to the nearest, px',
    width: 74,
    sortable: true,
    cell: (row) => (Number.isNaN(row.distance) ? MISSING : `${fixed(row.distance, 1)} px`),
  },
  { id: 'confidence', head: 'Conf.', title: 'Confidence', width: 68, sortable: true, cell: (row) => fixed(row.confidence, 2) },
  {
    id: 'found',
    head: 'Found by',
    left: true,
    sortable: true,
    optional: true,
    cell: (row) => row.kind,
    full: (row) => row.evidence,
  },
];

function sorted(rows: readonly RegionRow[], { column, descending }: Sort): readonly RegionRow[] {
  const key = KEYS[column];
  if (!key) return rows;
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = key(a);
    const y = key(b);
    return x < y ? -sign : x > y ? sign : 0;
  });
}

const NOTHING = 'No regions yet. Press Detect neurons, or drop a regions.json or a submission.';

export function RegionsPanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const blind = useCalcium(dataset, (state) => state.blind) !== null;
  const versions = useCalcium(dataset, (state) => state.versions);
  const confidence = useCalcium(dataset, (state) => state.confidence);
  const classes = useCalcium(dataset, (state) => state.classes);
  const selection = useCalcium(dataset, (state) => state.selection);
  // The versions stand for the arrays that the rows are made of.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const rows = useMemo(
    () => regionRows(dataset),
    [dataset, versions.predictions, versions.truth, versions.score, confidence, classes],
  );
  const [sort, setSort] = useState<Sort>({ column: 'confidence', descending: true });
  const shown = useMemo(() => sorted(rows, sort), [rows, sort]);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  const selectedKey = selection ? `${selection.layer === 'truth' ? 't' : 'p'}${selection.index}` : null;
  const chosen = rows.find(({ key }) => key === selectedKey);
  return (
    <Section title="Regions" count={rows.length} fill>
      {rows.length === 0 && <Empty text={blind ? 'No regions yet. Draw the cells that you see.' : NOTHING} />}
      {rows.length > 0 && (
        <VirtualTable
          label="Regions"
          rows={shown}
          columns={COLUMNS}
          rowKey={(row) => row.key}
          selected={selectedKey}
          onSelect={(key) =>
            selectRegion(dataset, { layer: key.startsWith('t') ? 'truth' : 'predictions', index: Number(key.slice(1)) })
          }
          sort={sort}
          onSort={setSort}
          dense
        />
      )}
      {chosen && (
        <p className="region-note s">
          <span className="strong">{chosen.label}</span>{' '}
          <MatchLine dataset={dataset} otherwise={describeRow(chosen, threshold)} />{' '}
          {chosen.layer === 'predictions' && chosen.evidence}
        </p>
      )}
    </Section>
  );
}
