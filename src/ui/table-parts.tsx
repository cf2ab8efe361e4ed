// Columns, heads and rows shared by the small table and the virtual one.
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { SortedDownIcon, SortedUpIcon } from './icons.tsx';

export interface Column<R> {
  readonly id: string;
  /** With the unit: "Area px". */
  readonly head: string;
  /** In words where the head is short: "Confidence". */
  readonly title?: string;
  readonly left?: boolean;
  /** CSS pixels; the column without a width takes the rest. */
  readonly width?: number;
  readonly sortable?: boolean;
  /** This cell names its row. */
  readonly rowHeader?: boolean;
  /** Gives way below 1160 px. */
  readonly optional?: boolean;
  readonly cell: (row: R) => ReactNode;
  /** The full value where the cell is rounded. */
  readonly full?: (row: R) => string;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** What a press on a column's head does: sort by it, highest first; once more turns it round. */
export function nextSort(sort: Sort | null, column: string): Sort {
  return { column, descending: sort?.column === column ? !sort.descending : true };
}

const cellClass = (left: boolean | undefined, optional: boolean | undefined) =>
  classNames(left && 'l', optional && 'c-opt') || undefined;

interface HeadProps<R> {
  readonly columns: readonly Column<R>[];
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
}

export function TableHead<R>({ columns, sort = null, onSort }: HeadProps<R>): ReactElement {
  return (
    <>
      <colgroup>
        {columns.map(({ id, width, optional }) => (
          <col key={id} className={optional ? 'c-opt' : undefined} style={width ? { width } : undefined} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ id, head, title, left, optional, sortable }) => {
            const sorted = sort?.column === id;
            const Arrow = sort?.descending ? SortedDownIcon : SortedUpIcon;
            return (
              <th
                key={id}
                scope="col"
                className={cellClass(left, optional)}
                aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
                abbr={title}
              >
                {sortable && onSort ? (
                  <button
                    type="button"
                    className="sort"
                    aria-label={title}
                    title={title}
                    onClick={() => onSort(nextSort(sort, id))}
                  >
                    {head}
                    {sorted && <Arrow size={10} />}
                  </button>
                ) : (
                  <span title={title}>{head}</span>
                )}
              </th>
            );
          })}
        </tr>
      </thead>
    </>
  );
}

export function Cells<R>({ columns, row }: { readonly columns: readonly Column<R>[]; readonly row: R }): ReactElement[] {
  return columns.map(({ id, left, optional, rowHeader, cell, full }) =>
    rowHeader ? (
      <th key={id} scope="row" className={cellClass(left, optional)} title={full?.(row)}>
        {cell(row)}
      </th>
    ) : (
      <td key={id} className={cellClass(left, optional)} title={full?.(row)}>
        {cell(row)}
      </td>
    ),
  );
}
