// 5,000 rows: few exist, keys move the selection and keep it in sight, heads sort.
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { DEFAULTS, setPreferences } from '../state/preferences.ts';
import type { Column, Sort } from './table-parts.tsx';
import { byRole, clear, press, settle, show } from './test-page.ts';
import { VirtualTable } from './virtual-table.tsx';

interface Row {
  readonly id: string;
  readonly area: number;
}

const ROWS: readonly Row[] = Array.from({ length: 5000 }, (_, index) => ({ id: `r${index}`, area: (index * 37) % 5000 }));
const COLUMNS: readonly Column<Row>[] = [
  { id: 'id', head: 'Region', left: true, rowHeader: true, cell: ({ id }) => id },
  { id: 'area', head: 'Area px', sortable: true, width: 80, cell: ({ area }) => area },
];

function Page() {
  const [selected, setSelected] = useState<string | null>(null);
  const [sort, setSort] = useState<Sort | null>(null);
  const sign = sort?.descending ? -1 : 1;
  const rows = sort ? [...ROWS].sort((a, b) => sign * (a.area - b.area)) : ROWS;
  return (
    <div style={{ height: 300, display: 'flex', flexDirection: 'column' }}>
      <VirtualTable
        label="Regions"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        selected={selected}
        onSelect={setSelected}
        sort={sort}
        onSort={setSort}
      />
    </div>
  );
}

const drawn = () => [...document.querySelectorAll<HTMLTableRowElement>('tbody tr.pick')];
const selected = () => document.querySelector<HTMLTableRowElement>('tr[aria-selected="true"]');
const frame = () => settle(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));

afterEach(async () => {
  await clear();
  setPreferences(DEFAULTS);
});

it('draws few rows and says how many there are', async () => {
  await show(<Page />);
  await frame();
  expect(drawn().length).toBeGreaterThan(8);
  expect(drawn().length).toBeLessThan(40);
  expect(byRole('table', 'Regions').getAttribute('aria-rowcount')).toBe('5001');
  const scroller = document.querySelector('.table-scroll')!;
  expect(scroller.scrollHeight).toBeGreaterThan(5000 * 28);
});

it('moves the selection by click and keys and keeps it in sight', async () => {
  await show(<Page />);
  await frame();
  await settle(() => drawn()[2]!.click());
  expect(selected()?.cells[0]?.textContent).toBe('r2');
  selected()?.focus();
  await press('ArrowDown');
  await frame();
  expect(selected()?.getAttribute('aria-rowindex')).toBe('5');
  expect(document.activeElement).toBe(selected());
  await press('j');
  await press('k');
  await press('k');
  await frame();
  expect(selected()?.cells[0]?.textContent).toBe('r2');
  await press('End');
  await frame();
  await frame();
  expect(selected()?.cells[0]?.textContent).toBe('r4999');
  const box = selected()!.getBoundingClientRect();
  const view = document.querySelector('.table-scroll')!.getBoundingClientRect();
  expect(box.bottom).toBeLessThanOrEqual(view.bottom + 1);
  expect(box.top).toBeGreaterThanOrEqual(view.top);
  expect(document.activeElement).toBe(selected());
  expect(drawn().length).toBeLessThan(40);
});

it('keeps the selected row and its focus when it is scrolled away', async () => {
  await show(<Page />);
  await frame();
  await settle(() => drawn()[0]!.click());
  selected()?.focus();
  const scroller = document.querySelector('.table-scroll')!;
  await settle(() => scroller.scrollTo(0, 60_000));
  await frame();
  expect(selected()?.cells[0]?.textContent).toBe('r0');
  expect(document.activeElement).toBe(selected());
});

it('leaves J and K alone when single keys are off', async () => {
  await show(<Page />);
  await frame();
  await settle(() => drawn()[0]!.click());
  setPreferences({ singleKeys: false });
  selected()?.focus();
  await press('j');
  expect(selected()?.cells[0]?.textContent).toBe('r0');
});

it('sorts by a head and says so', async () => {
  await show(<Page />);
  await frame();
  const head = () => document.querySelectorAll('thead th')[1];
  expect(head()?.hasAttribute('aria-sort')).toBe(false);
  await settle(() => byRole('button', 'Area px').click());
  expect([head()?.getAttribute('aria-sort'), drawn()[0]?.cells[1]?.textContent]).toEqual(['descending', '4999']);
  await settle(() => byRole('button', 'Area px').click());
  expect([head()?.getAttribute('aria-sort'), drawn()[0]?.cells[1]?.textContent]).toEqual(['ascending', '0']);
});

it('shows further selected rows, and says whether a row is to join them', async () => {
  const asked: [string, boolean][] = [];
  await show(
    <VirtualTable
      label="Regions"
      columns={COLUMNS}
      rows={ROWS.slice(0, 6)}
      rowKey={({ id }) => id}
      rowClass={({ id }) => (id === 'r4' ? 'is-left-out' : undefined)}
      selected="r1"
      marked={new Set(['r1', 'r3'])}
      onSelect={(key, add) => asked.push([key, add])}
    />,
  );
  await frame();
  const all = () => drawn().filter((row) => row.ariaSelected === 'true' || row.getAttribute('aria-selected') === 'true');
  expect(all().map((row) => row.cells[0]?.textContent)).toEqual(['r1', 'r3']);
  expect(document.querySelector('tr.is-left-out')?.textContent).toContain('r4');
  await settle(() => {
    drawn()[2]!.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
    drawn()[4]!.click();
  });
  expect(asked).toEqual([
    ['r2', true],
    ['r4', false],
  ]);
});
