// Right of the traces: quality, the table of units with what is done to them, and the plots of the selected ones.
import { type ReactElement, useMemo } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import type { UnitGroup } from '../../../base/sorting.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Section } from '../../../ui/section.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import {
  FIRST_MEASURES,
  MEASURE_NAMES,
  MEASURES,
  meets,
  PRESETS,
  type PresetName,
  type ShownMeasure,
} from '../shared/measures.ts';
import { allRows } from './all-rows.ts';
import { labelUnits, mergeUnits } from './curation.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { QualityPanel } from './quality-panel.tsx';
import { selectUnit } from './selection.ts';
import { colourName } from './series-colours.ts';
import { shownRows, type UnitRow } from './unit-rows.ts';

/** All units with their measures, before filter and order. */
export function useUnitRows(dataset: EphysDataset): UnitRow[] {
  const key = useEphys(
    dataset,
    ({ versions, sorting, preset, definitions }) => `${versions.units} ${versions.metrics} ${sorting} ${preset} ${definitions}`,
  );
  // The key stands for the arrays behind it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    return allRows(dataset);
  }, [dataset, key]);
}

const LABELS: readonly { readonly label: UnitGroup; readonly text: string; readonly keys: string }[] = [
  { label: 'good', text: 'Good', keys: 'Alt+g' },
  { label: 'mua', text: 'MUA', keys: 'Alt+m' },
  { label: 'noise', text: 'Noise', keys: 'Alt+n' },
  { label: 'unsorted', text: 'Unsorted', keys: 'Alt+u' },
];

export function UnitsPanel({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { store } = dataset;
  const all = useUnitRows(dataset);
  // Each by itself: this panel has nothing to do with the window, which moves all the time.
  const filter = useEphys(dataset, (state) => state.filter);
  const sort = useEphys(dataset, (state) => state.sort);
  const selected = useEphys(dataset, (state) => state.selected);
  const preset = useEphys(dataset, (state) => state.preset);
  const rows = useMemo(() => shownRows(all, { filter, sort }), [all, filter, sort]);
  const allMeasures = useEphys(dataset, (state) => state.allMeasures);
  const columns = useMemo(() => columnsOf(preset, selected, allMeasures), [preset, selected, allMeasures]);
  const marked = useMemo(() => new Set(selected.map(String)), [selected]);
  return (
    <>
      <QualityPanel dataset={dataset} rows={all} />
      <Section
        title="Units"
        count={all.length}
        fill
        {...(rows.length < all.length ? { note: `${grouped(rows.length)} shown` } : {})}
        tools={
          <label className="ephys-filter">
            <span className="vh">Filter units</span>
            <input
              type="search"
              value={filter}
              placeholder="snr > 3 good"
              onChange={(event) => store.setState({ filter: event.target.value })}
            />
          </label>
        }
      >
        {all.length === 0 ? (
          <Empty text="No sorting is open. Drop a phy folder, an NPZ or firings.mda." />
        ) : (
          <VirtualTable
            label="Units"
            dense
            columns={columns}
            rows={rows}
            rowKey={({ unit }) => String(unit.id)}
            selected={selected[0] === undefined ? null : String(selected[0])}
            marked={marked}
            sort={sort}
            onSort={(next) => store.setState({ sort: next })}
            onSelect={(key, add) => selectUnit(dataset, Number(key), add)}
            rowClass={({ passes }) => (passes === false ? 'ephys-fails' : undefined)}
          />
        )}
        <div className="foot ephys-labels">
          {LABELS.map(({ label, text, keys }) => (
            <Button
              key={label}
              small
              keys={keys}
              disabled={selected.length === 0}
              onClick={() => labelUnits(dataset, selected, label)}
            >
              {text}
            </Button>
          ))}
          <span className="push" />
          <Button small keys="g" disabled={selected.length < 2} onClick={() => mergeUnits(dataset, selected)}>
            Merge
          </Button>
        </div>
      </Section>
    </>
  );
}

const FIRST: readonly ShownMeasure[] = ['depth', 'spikes'];

/** The criteria of the preset first, so that what decides can be seen without scrolling. */
function columnsOf(preset: PresetName, selected: readonly number[], allMeasures: boolean): Column<UnitRow>[] {
  const deciding = PRESETS[preset].criteria.map(({ measure }) => measure);
  const rest = MEASURE_NAMES.filter((name) => allMeasures || FIRST_MEASURES.has(name));
  const order = [...new Set<ShownMeasure>([...FIRST, ...deciding, ...rest])];
  const criteria = new Map(PRESETS[preset].criteria.map((criterion) => [criterion.measure, criterion]));
  return [
    {
      id: 'id',
      head: 'Unit',
      left: true,
      width: 64,
      sortable: true,
      rowHeader: true,
      cell: ({ unit }) => {
        const place = selected.indexOf(unit.id);
        return (
          <span className="mk">
            <span className="sw" style={{ background: place < 0 ? 'transparent' : colourName(place) }} />
            {unit.name}
          </span>
        );
      },
    },
    {
      id: 'label',
      head: 'Label',
      left: true,
      width: 64,
      sortable: true,
      cell: ({ unit }) => (unit.label === 'unsorted' ? MISSING : unit.label),
    },
    ...order.map((measure): Column<UnitRow> => {
      const { head, title, decimals } = MEASURES[measure];
      const criterion = criteria.get(measure);
      return {
        id: measure,
        head,
        title,
        width: Math.max(56, 14 + 7 * head.length),
        sortable: true,
        cell: ({ measures }) => {
          const value = measures[measure];
          const text =
            value === undefined || Number.isNaN(value) ? MISSING : decimals === 0 ? grouped(value) : fixed(value, decimals);
          const fails = criterion && meets(criterion, measures) === false;
          return fails ? (
            <span className="ephys-failing">
              <span className="vh">fails </span>
              <span aria-hidden="true">× </span>
              {text}
            </span>
          ) : (
            text
          );
        },
        full: ({ measures }) => String(measures[measure] ?? MISSING),
      };
    }),
  ];
}
