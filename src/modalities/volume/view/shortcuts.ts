// The keys of the volume view: neuroglancer's where it has one for the same thing.
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { autoContrast, setContrast } from './contrast.ts';
import type { VolumeDataset } from './datasets.ts';
import { showLayer } from './layer-list.tsx';
import { goToSlice, step } from './move.ts';
import { START_TURN, type Tool } from './store.ts';
import { worstSlices } from './strip.tsx';

const GROUP = 'Volume';
/** Of the page's own actions. */
const PAGE = 'Page';
const TILT = 10;

const FAR = 10;

export function useVolumeShortcuts(dataset: VolumeDataset, onHelp: () => void): void {
  const { store } = dataset;
  const set = store.setState;
  const move = (keys: string, label: string, axis: 0 | 1 | 2, by: number) => ({
    keys,
    label,
    group: GROUP,
    allowRepeat: true,
    run: () => step(dataset, axis, by),
  });
  const tool = (keys: string, label: string, to: Tool) => ({
    keys,
    label,
    group: 'Tools',
    run: () => set({ tool: to, measure: [] }),
  });
  const tilt = (keys: string, label: string, by: number) => ({
    keys,
    label,
    group: GROUP,
    allowRepeat: true,
    run: () => set(({ tilt: now }) => ({ tilt: { ...now, across: Math.max(-90, Math.min(90, now.across + by)) } })),
  });
  useShortcuts([
    move('ArrowLeft', 'x − 1', 2, -1),
    move('ArrowRight', 'x + 1', 2, 1),
    move('ArrowUp', 'y − 1', 1, -1),
    move('ArrowDown', 'y + 1', 1, 1),
    move(',', 'z − 1', 0, -1),
    move('.', 'z + 1', 0, 1),
    move('PageUp', `z − ${FAR}`, 0, -FAR),
    move('PageDown', `z + ${FAR}`, 0, FAR),
    move('Home', 'First slice', 0, Number.NEGATIVE_INFINITY),
    move('End', 'Last slice', 0, Number.POSITIVE_INFINITY),
    tilt('r', 'Tilt the XY slice', TILT),
    tilt('e', 'Tilt the XY slice back', -TILT),
    { keys: 'z', label: 'Upright slices', group: GROUP, run: () => set({ tilt: { across: 0, down: 0 }, turn: START_TURN }) },
    {
      keys: 'Space',
      label: 'One picture or four',
      group: GROUP,
      run: () => set(({ maximised, plane }) => ({ maximised: maximised ? null : plane })),
    },
    { keys: 'b', label: 'Scale bar', group: GROUP, run: () => set(({ scaleBar }) => ({ scaleBar: !scaleBar })) },
    { keys: 'a', label: 'Crosshair', group: GROUP, run: () => set(({ crosshair }) => ({ crosshair: !crosshair })) },
    { keys: 's', label: 'Slices in 3-D', group: GROUP, run: () => set(({ slicesIn3d }) => ({ slicesIn3d: !slicesIn3d })) },
    {
      keys: 'o',
      label: 'Labels: show or hide',
      group: GROUP,
      run: () =>
        set(({ overlay, lastOverlay }) =>
          overlay === 'none' ? { overlay: lastOverlay } : { overlay: 'none', lastOverlay: overlay },
        ),
    },
    {
      keys: 'l',
      label: 'Other colours for labels without a class',
      group: GROUP,
      run: () => set(({ recolour }) => ({ recolour: recolour + 1 })),
    },
    // Here as in neuroglancer; the page's own key is "?".
    { keys: 'h', label: 'Keyboard', group: PAGE, run: onHelp },
    { keys: 'f', label: 'Fit', group: GROUP, run: () => set({ camera: null }) },
    {
      keys: 't',
      label: 'Blink: hide the prediction while held',
      group: GROUP,
      run: () => set({ blink: true }),
      release: () => set({ blink: false }),
    },
    { keys: 'c', label: 'Auto contrast', group: 'Contrast', run: () => void autoContrast(dataset, true) },
    {
      keys: 'Shift+c',
      label: 'Lock contrast',
      group: 'Contrast',
      run: () => setContrast(dataset, { locked: !store.getState().contrast?.locked }),
    },
    {
      keys: 'w',
      label: 'Worst slice',
      group: GROUP,
      run: () => {
        const [worst] = worstSlices(dataset);
        if (worst === undefined) return;
        set({ plane: 'xy' });
        goToSlice(dataset, worst);
      },
    },
    tool('Escape', 'Look', 'look'),
    tool('d', 'Scribble', 'scribble'),
    tool('p', 'Paint labels', 'paint'),
    tool('x', 'Erase labels', 'erase'),
    tool('m', 'Ruler', 'ruler'),
    tool('Shift+m', 'Angle', 'angle'),
    ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((keys, i) => ({
      keys,
      label: `Layer ${keys}`,
      group: GROUP,
      run: () => {
        const layer = store.getState().layers.filter(({ role }) => role !== 'image')[i];
        if (layer) showLayer(dataset, layer.id, !layer.visible);
      },
    })),
  ]);
}
