// A table of thousands of rows, of which only the visible ones exist. Click, ↑ ↓, Home, End, Page keys and J K move the selection.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { preferences } from '../state/preferences.ts';
import { classNames } from './class-names.ts';
import { assignSlots } from './row-slots.ts';
import { Cells, type Column, type Sort, TableHead } from './table-parts.tsx';

const ROW = 28;
const DENSE_ROW = 24;
const HEAD = 25;
const PAGE = 10;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, j: 1, k: -1 };

interface VirtualTableProps<R> {
  /** The accessible name. */
  readonly label: string;
  readonly columns: readonly Column<R>[];
  /** In the order they are shown; sorting is the owner's. */
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly selected: string | null;
  /** Further rows that are selected beside it. */
  readonly marked?: ReadonlySet<string>;
  readonly rowClass?: (row: R) => string | undefined;
  /** `add`: Ctrl or Shift was held, so the row joins the others or leaves them. */
  readonly onSelect: (key: string, add: boolean) => void;
  /** Double-click or Enter. */
  readonly onOpen?: (key: string) => void;
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
  readonly dense?: boolean;
}

/** Where a key moves the selection within `count` rows; null when the key means nothing here. */
export function moveSelection(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  if (step === undefined) return null;
  return Math.min(count - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : count - 1) : at + step));
}

export function VirtualTable<R>(props: VirtualTableProps<R>): ReactElement {
  const { label, columns, rows, rowKey, selected, marked, rowClass, onSelect, onOpen, sort, onSort, dense } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const lastSlots = useRef<ReadonlyMap<string, number>>(new Map());
  const at = selected === null ? -1 : rows.findIndex((row) => rowKey(row) === selected);
  const height = dense ? DENSE_ROW : ROW;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
    // The head lies over the first row's height, and pushes the last one down by as much.
    scrollPaddingStart: HEAD,
    scrollPaddingEnd: HEAD,
    // The selected row stays in the document, so that it keeps the focus while it is scrolled out of sight.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return at < 0 || seen.includes(at) ? seen : [...seen, at].sort((a, b) => a - b);
    },
  });

  // What tells of the selected row may take room from the list.
  const room = virtual.scrollRect?.height ?? 0;
  useEffect(() => {
    if (at < 0 || room === 0) return;
    virtual.scrollToIndex(at, { align: 'auto' });
    if (!moved.current) return;
    moved.current = false;
    scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
  }, [at, virtual, room]);

  const onKeyDown = (event: KeyboardEvent) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element) || target.closest('button, input, select'))
      return;
    if ((key === 'j' || key === 'k') && !preferences.getState().singleKeys) return;
    const row = rows[at];
    if (key === 'Enter' && row && onOpen) onOpen(rowKey(row));
    else {
      const to = moveSelection(key, at, rows.length);
      const next = to === null ? undefined : rows[to];
      if (!next) return;
      moved.current = to !== at;
      onSelect(rowKey(next), false);
    }
    event.preventDefault();
  };

  const items = virtual.getVirtualItems().flatMap((item) => {
    const row = rows[item.index];
    return row === undefined ? [] : [{ ...item, row, key: rowKey(row) }];
  });
  const slots = assignSlots(
    lastSlots.current,
    items.map(({ key }) => key),
  );
  lastSlots.current = slots;
  const body: ReactNode[] = [];
  let end = 0;
  const gap = (size: number) => size > 0 && body.push(<Gap key={`gap ${body.length}`} size={size} />);
  for (const { index, start, end: stop, row, key } of items) {
    gap(start - end);
    body.push(
      <tr
        key={slots.get(key)}
        className={classNames('pick', rowClass?.(row))}
        aria-rowindex={index + 2}
        aria-selected={index === at || (marked?.has(key) ?? false)}
        tabIndex={index === at ? 0 : -1}
        onClick={(event) => onSelect(key, event.shiftKey || event.ctrlKey || event.metaKey)}
        // Shift and click would mark the text.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onDoubleClick={onOpen && (() => onOpen(key))}
      >
        <Cells columns={columns} row={row} />
      </tr>,
    );
    end = stop;
  }
  gap(virtual.getTotalSize() - end);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what scrolls takes the keys of the table in it
    <div ref={scroller} className="table-scroll" tabIndex={at < 0 ? 0 : -1} onKeyDown={onKeyDown}>
      <table aria-label={label} aria-rowcount={rows.length + 1} className={classNames(dense && 'dense') || undefined}>
        <TableHead columns={columns} {...(sort === undefined ? {} : { sort })} {...(onSort ? { onSort } : {})} />
        <tbody>{body}</tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that do not exist. */
function Gap({ size }: { readonly size: number }): ReactElement {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a gap cannot be focused
    <tr className="gap" aria-hidden="true">
      <td style={{ height: size }} />
    </tr>
  );
}
