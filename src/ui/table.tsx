// A small table: scores, measures, a handful of rows. Long lists are a VirtualTable.
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';
import { Cells, type Column, type Sort, TableHead } from './table-parts.tsx';

interface TableProps<R> {
  /** The accessible name. */
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly selected?: string | null;
  readonly onSelect?: (key: string) => void;
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
  readonly dense?: boolean;
}

export function Table<R>({ label, columns, rows, rowKey, selected, onSelect, sort, onSort, dense }: TableProps<R>): ReactElement {
  return (
    <table aria-label={label} className={classNames(dense && 'dense') || undefined}>
      <TableHead columns={columns} {...(sort === undefined ? {} : { sort })} {...(onSort ? { onSort } : {})} />
      <tbody>
        {rows.map((row) => {
          const key = rowKey(row);
          const pick = onSelect && (() => onSelect(key));
          return (
            <tr
              key={key}
              className={pick && 'pick'}
              aria-selected={pick && key === selected}
              tabIndex={pick && 0}
              onClick={pick}
              onKeyDown={pick && ((event) => event.key === 'Enter' && event.target === event.currentTarget && pick())}
            >
              <Cells columns={columns} row={row} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
