// The keys of the calcium view.
import { type Binding, useShortcuts } from '../../../ui/shortcuts.ts';
import { contrastKey, contrastOf, setContrast } from './contrast.ts';
import { autoNow } from './contrast-row.tsx';
import type { CalciumDataset } from './datasets.ts';
import { detect } from './detect.ts';
import { redo, undo } from './history.ts';
import { stepMistake } from './mistakes.ts';
import { RAIL_VIEWS } from './rail.tsx';
import { selectNothing } from './selection.ts';
import type { StagePicture } from './stage-picture.ts';
import { type CalciumState, VIEW_TITLES, type ViewName } from './store.ts';

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];

export function useCalciumShortcuts(dataset: CalciumDataset, picture: StagePicture | null): void {
  const { store, player } = dataset;
  const state = () => store.getState();
  const show = (layer: keyof CalciumState['show']) =>
    store.setState(({ show: before }) => ({ show: { ...before, [layer]: !before[layer] } }));
  /** Hides both layers where one is shown, else shows both. */
  const showBoth = () =>
    store.setState(({ show: before }) => {
      const on = !before.predictions && !before.truth;
      return { show: { ...before, predictions: on, truth: on } };
    });
  const speed = (by: number) => {
    const at = SPEEDS.indexOf(state().speed) + by;
    if (SPEEDS[at] !== undefined) store.setState({ speed: SPEEDS[at] });
  };
  const lock = () => {
    const { view, deltaF } = state();
    const key = contrastKey(view, deltaF);
    setContrast(dataset, key, { locked: !contrastOf(dataset, key)?.locked });
  };
  const movie = (keys: string, label: string, run: () => void, more: Partial<Binding> = {}): Binding => ({
    keys,
    label,
    group: 'Movie',
    run,
    ...more,
  });
  const picturing = (keys: string, label: string, run: () => void, more: Partial<Binding> = {}): Binding => ({
    keys,
    label,
    group: 'Picture',
    run,
    ...more,
  });
  useShortcuts([
    movie('Space', 'Play, pause', () => player.toggle()),
    movie('ArrowLeft', 'One frame back', () => player.step(-1), { allowRepeat: true }),
    movie('ArrowRight', 'One frame on', () => player.step(1), { allowRepeat: true }),
    movie('Shift+ArrowLeft', 'Ten frames back', () => player.step(-10), { allowRepeat: true }),
    movie('Shift+ArrowRight', 'Ten frames on', () => player.step(10), { allowRepeat: true }),
    movie('Home', 'First frame', () => player.seek(0)),
    movie('End', 'Last frame', () => player.seek(player.frames - 1)),
    movie(',', 'Slower', () => speed(-1)),
    movie('.', 'Faster', () => speed(1)),
    ...RAIL_VIEWS.map(
      (view, i): Binding => ({
        keys: String(i + 1),
        label: VIEW_TITLES[view],
        group: 'View',
        run: () => store.setState({ view }),
      }),
    ),
    picturing('b', 'Blink with the chosen view, while held', () => blink(dataset), { release: () => unblink(dataset) }),
    picturing('p', 'Predictions', () => show('predictions')),
    picturing('g', 'Truth', () => show('truth')),
    picturing('x', 'All outlines', () => showBoth()),
    picturing('z', 'Fill', () => show('fill')),
    picturing('f', 'Fit', () => picture?.fit()),
    picturing('0', 'Fit', () => picture?.fit()),
    picturing('+', 'Zoom in', () => picture?.zoomBy(1.25), { allowRepeat: true }),
    picturing('-', 'Zoom out', () => picture?.zoomBy(0.8), { allowRepeat: true }),
    picturing('c', 'Contrast from what is shown', () => autoNow(dataset)),
    picturing('Shift+c', 'Lock the contrast', lock),
    { keys: 'Ctrl+Enter', label: 'Detect neurons', group: 'Regions', run: () => void detect(dataset) },
    { keys: 'e', label: 'Next error', group: 'Regions', run: () => stepMistake(dataset, picture, 1), allowRepeat: true },
    {
      keys: 'Shift+e',
      label: 'Previous error',
      group: 'Regions',
      run: () => stepMistake(dataset, picture, -1),
      allowRepeat: true,
    },
    { keys: 'Escape', label: 'Select nothing', group: 'Regions', run: () => selectNothing(dataset) },
    { keys: 'Ctrl+z', label: 'Undo', group: 'Regions', run: () => undo(dataset) },
    { keys: 'Ctrl+y', label: 'Redo', group: 'Regions', run: () => redo(dataset) },
    { keys: 'Ctrl+Shift+z', label: 'Redo', group: 'Regions', run: () => redo(dataset) },
  ]);
}

const before = new WeakMap<CalciumDataset, ViewName>();

/** Shows the view chosen for blinking as long as the key is held; from that view itself, the movie. */
function blink(dataset: CalciumDataset): void {
  const { view, blinkWith } = dataset.store.getState();
  before.set(dataset, view);
  dataset.store.setState({ view: blinkWith === view ? 'movie' : blinkWith });
}

function unblink(dataset: CalciumDataset): void {
  const view = before.get(dataset);
  before.delete(dataset);
  if (view) dataset.store.setState({ view });
}
