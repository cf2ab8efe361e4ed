// The keys of the ephys view: the page's own map, and phy's for labels, merge, split and the walk through the units.
import type { UnitGroup } from '../../../base/sorting.ts';
import { type Binding, useShortcuts } from '../../../ui/shortcuts.ts';
import { allRows } from './all-rows.ts';
import { labelUnits, mergeUnits, redo, undo } from './curation.ts';
import type { EphysDataset } from './datasets.ts';
import { jumpEvent, jumpSpike } from './jumps.ts';
import { togglePlay } from './play.ts';
import { selectUnit } from './selection.ts';
import { SPEEDS } from './store.ts';
import { shownRows } from './unit-rows.ts';
import { setWindow, stepWindow, zoomMiddle } from './window.ts';

const GAINS = { up: 1.25, down: 0.8 };
const ROWS_STEP = 8;

export function useEphysShortcuts(dataset: EphysDataset): void {
  const { store } = dataset;
  const state = () => store.getState();
  const bind =
    (group: string) =>
    (keys: string, label: string, run: () => void, more: Partial<Binding> = {}): Binding => ({
      keys,
      label,
      group,
      run,
      ...more,
    });
  const time = bind('Time');
  const traces = bind('Traces');
  const units = bind('Units');
  const repeat = { allowRepeat: true };
  const speed = (by: number) => {
    const next = SPEEDS[(SPEEDS as readonly number[]).indexOf(state().speed) + by];
    if (next !== undefined) store.setState({ speed: next });
  };
  const scroll = (by: number) =>
    store.setState(({ firstRow, rows }) => ({ firstRow: Math.max(0, Math.min(dataset.electrodes.count - rows, firstRow + by)) }));
  const label = (as: UnitGroup) => () => labelUnits(dataset, state().selected, as);
  useShortcuts([
    time('Space', 'Play, pause', () => togglePlay(dataset)),
    time('ArrowLeft', 'Back by a quarter of the window', () => stepWindow(dataset, -0.25), repeat),
    time('ArrowRight', 'On by a quarter of the window', () => stepWindow(dataset, 0.25), repeat),
    time('Shift+ArrowLeft', 'Back by ten windows', () => stepWindow(dataset, -10), repeat),
    time('Shift+ArrowRight', 'On by ten windows', () => stepWindow(dataset, 10), repeat),
    time('Home', 'Beginning', () => setWindow(dataset, { from: 0 })),
    time('End', 'End', () => setWindow(dataset, { from: dataset.frames })),
    time(',', 'Slower', () => speed(-1)),
    time('.', 'Faster', () => speed(1)),
    time('Alt+ArrowLeft', 'Previous spike of the unit', () => jumpSpike(dataset, -1), repeat),
    time('Alt+ArrowRight', 'Next spike of the unit', () => jumpSpike(dataset, 1), repeat),
    time('Alt+e', 'Next large event', () => void jumpEvent(dataset, 1)),
    time('Alt+Shift+e', 'Previous large event', () => void jumpEvent(dataset, -1)),
    traces('+', 'Zoom in', () => zoomMiddle(dataset, 0.5), repeat),
    traces('-', 'Zoom out', () => zoomMiddle(dataset, 2), repeat),
    traces('f', 'Whole recording', () => setWindow(dataset, { from: 0, span: dataset.frames })),
    traces('0', 'A tenth of a second', () => setWindow(dataset, { span: 0.1 * dataset.rate })),
    traces('Alt+ArrowUp', 'Higher traces', () => store.setState(({ gain }) => ({ gain: Math.min(20, gain * GAINS.up) })), repeat),
    traces(
      'Alt+ArrowDown',
      'Lower traces',
      () => store.setState(({ gain }) => ({ gain: Math.max(0.05, gain * GAINS.down) })),
      repeat,
    ),
    traces('PageUp', 'Electrodes further up', () => scroll(-ROWS_STEP), repeat),
    traces('PageDown', 'Electrodes further down', () => scroll(ROWS_STEP), repeat),
    traces('1', 'Lines', () => store.setState({ mode: 'lines' })),
    traces('2', 'Heat map', () => store.setState({ mode: 'heat' })),
    traces('3', 'Both', () => store.setState({ mode: 'both' })),
    traces('x', 'Spikes of units', () => store.setState(({ spikesShown }) => ({ spikesShown: !spikesShown }))),
    traces('b', 'Raw, while held', () => store.setState({ side: 'raw' }), { release: () => store.setState({ side: 'result' }) }),
    units('ArrowDown', 'Next unit', () => walk(dataset, 1), repeat),
    units('ArrowUp', 'Previous unit', () => walk(dataset, -1), repeat),
    units('Alt+g', 'Label good', label('good')),
    units('Alt+m', 'Label MUA', label('mua')),
    units('Alt+n', 'Label noise', label('noise')),
    units('Alt+u', 'Label unsorted', label('unsorted')),
    units('g', 'Merge the selected units', () => mergeUnits(dataset, state().selected)),
    units('Escape', 'Select nothing', () => store.setState({ selected: [], brush: null, picked: null })),
    units('Ctrl+z', 'Undo', () => undo(dataset)),
    units('Ctrl+y', 'Redo', () => redo(dataset)),
    units('Ctrl+Shift+z', 'Redo', () => redo(dataset)),
  ]);
}

/** To the next or previous unit in the order of the table. */
export function walk(dataset: EphysDataset, by: 1 | -1): void {
  const { filter, sort, selected } = dataset.store.getState();
  const rows = shownRows(allRows(dataset), { filter, sort });
  const at = rows.findIndex(({ unit }) => unit.id === selected[0]);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (next) selectUnit(dataset, next.unit.id, false);
}
