// A table as rows of text; thousands of rows cost what is seen of them.
import { type ReactElement, useState } from 'react';
import { grouped, MISSING } from '../../../base/number-format.ts';
import type { Column } from '../../../ui/table-parts.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import type { TableOutput } from '../shared/types.ts';

/** Columns that are shown; the others are counted. */
const SHOWN_COLUMNS = 60;
const NUMBER_WIDTH = 72;
const CELL_WIDTH = 120;

interface Row {
  readonly number: number;
  readonly cells: readonly string[];
}

/** Told from the first rows. */
function holdsText({ rows }: TableOutput, column: number): boolean {
  return rows.slice(0, 50).some((cells) => Number.isNaN(Number(cells[column] ?? 0)) && cells[column] !== 'NaN');
}

export function TableView({ table }: { readonly table: TableOutput | undefined }): ReactElement | null {
  const [selected, setSelected] = useState<string | null>(null);
  if (!table) return null;
  const shown = table.columns.slice(0, SHOWN_COLUMNS);
  const columns: Column<Row>[] = [
    { id: 'number', head: 'Row', width: NUMBER_WIDTH, rowHeader: true, cell: ({ number }) => grouped(number) },
    ...shown.map((head, i) => ({
      id: `c${i}`,
      head,
      width: CELL_WIDTH,
      left: holdsText(table, i),
      cell: ({ cells }: Row) => cells[i] || MISSING,
    })),
  ];
  const rows = table.rows.map((cells, number) => ({ number, cells }));
  const hidden = [
    ...(table.total > rows.length ? [`the first ${grouped(rows.length)} of ${grouped(table.total)} rows`] : []),
    ...(table.columns.length > SHOWN_COLUMNS ? [`the first ${SHOWN_COLUMNS} of ${grouped(table.columns.length)} columns`] : []),
  ];
  return (
    <div className="array-table">
      {hidden.length > 0 && <p className="s t2">Shown: {hidden.join(', ')}.</p>}
      <div className="array-rows" style={{ minWidth: NUMBER_WIDTH + shown.length * CELL_WIDTH }}>
        <VirtualTable
          label="Table"
          columns={columns}
          rows={rows}
          rowKey={({ number }) => String(number)}
          selected={selected}
          onSelect={setSelected}
          dense
        />
      </div>
    </div>
  );
}
