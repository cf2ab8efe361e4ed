// The columns of the table Regions: what names a region, the measures that are always there, and the one that was chosen.
import type { ReactElement } from 'react';
import { fixed, MISSING } from '../../../base/number-format.ts';
import { CheckIcon } from '../../../ui/icons.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import type { CalciumDataset } from './datasets.ts';
import type { MeasureName } from './edit-state.ts';
import { measureColour } from './measure-colours.ts';
import { MEASURE_TEXTS, measureOf } from './measures.ts';
import { colourRange } from './region-list.ts';
import type { RegionRow } from './region-rows.ts';

const BASE: readonly Column<RegionRow>[] = [
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
        {row.accepted && <CheckIcon size={12} />}
        {(row.result || row.leftOut || row.accepted) && (
          <span className="vh"> {[row.result, row.leftOut, row.accepted && 'accepted'].filter(Boolean).join(', ')}</span>
        )}
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
];

const FOUND: Column<RegionRow> = {
  id: 'found',
  head: 'Found by',
  left: true,
  sortable: true,
  optional: true,
  cell: (row) => row.kind,
  full: (row) => row.evidence,
};

/** A measure of its own takes the place of what found the region; `coloured`: with the colours of the outlines. */
export function regionColumns(dataset: CalciumDataset, measure: MeasureName, coloured: boolean): readonly Column<RegionRow>[] {
  const columns = columnsFor(dataset, measure);
  if (!coloured) return columns;
  const [low, high] = colourRange(dataset);
  return columns.map((column) =>
    column.id === measure
      ? {
          ...column,
          cell: (row) => (
            <span className="mk">
              <Swatch share={(measureOf(dataset, row, measure) - low) / (high - low || 1)} />
              {column.cell(row)}
            </span>
          ),
        }
      : column,
  );
}

/** None where the value is not known. */
function Swatch({ share }: { readonly share: number }): ReactElement | null {
  return Number.isNaN(share) ? null : <span className="sw" style={{ background: `rgb(${measureColour(share).join(' ')})` }} />;
}

function columnsFor(dataset: CalciumDataset, measure: MeasureName): readonly Column<RegionRow>[] {
  if (BASE.some(({ id }) => id === measure)) return [...BASE, FOUND];
  const { head, title, decimals } = MEASURE_TEXTS[measure];
  const column: Column<RegionRow> = {
    id: measure,
    head,
    title,
    sortable: true,
    cell: (row) => fixed(measureOf(dataset, row, measure), decimals),
  };
  return [...BASE, column];
}
