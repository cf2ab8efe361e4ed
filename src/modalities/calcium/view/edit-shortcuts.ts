// The keys of curating: judging, walking the list, tools; while a tool is in hand also those that end or steer it.
import { type Binding, useShortcuts } from '../../../ui/shortcuts.ts';
import { judge, markListed, mergeSelected, nextUncertain, removeSelected, splitSelected, toggleTool, walk } from './curate.ts';
import type { CalciumDataset } from './datasets.ts';
import type { EditHands } from './edit-hands.ts';
import type { EditState } from './edit-state.ts';
import { BRUSHES, TOOLS } from './edit-tools.ts';
import { moreLikeThis } from './more-like-this.ts';
import { removeProbe } from './probe.ts';
import { setEdit } from './selection.ts';
import { widerBrush } from './soma.ts';

export function useEditShortcuts(dataset: CalciumDataset, edit: EditState, hands: () => EditHands | null): void {
  const { tool, probe, pixelTrace } = edit;
  const curating = (keys: string, label: string, run: () => void, allowRepeat = false): Binding => ({
    keys,
    label,
    group: 'Curate',
    run,
    ...(allowRepeat ? { allowRepeat } : {}),
  });
  const { store } = dataset;
  useShortcuts([
    curating('a', 'Accept, and on in the list', () => judge(dataset, 'accepted')),
    curating('r', 'Reject, and on in the list', () => judge(dataset, 'rejected')),
    curating('u', 'Neither accepted nor rejected', () => judge(dataset, null)),
    curating('n', 'Next most uncertain', () => nextUncertain(dataset)),
    curating('ArrowDown', 'Next in the list', () => walk(dataset, 1), true),
    curating('ArrowUp', 'Previous in the list', () => walk(dataset, -1), true),
    curating('j', 'Next in the list', () => walk(dataset, 1), true),
    curating('k', 'Previous in the list', () => walk(dataset, -1), true),
    curating('Ctrl+a', 'Select all that are listed', () => markListed(dataset)),
    curating('m', 'Merge the selected regions', () => mergeSelected(dataset)),
    curating('Shift+s', 'Split in two', () => splitSelected(dataset)),
    curating('Shift+m', 'More like this', () => void moreLikeThis(dataset)),
    curating('Delete', 'Remove the selected regions', () => removeSelected(dataset)),
    curating('Backspace', 'Remove the selected regions', () => removeSelected(dataset)),
    curating('t', 'Transients of the region, or its traces', () =>
      store.setState(({ tab }) => ({ tab: tab === 'transients' ? 'traces' : 'transients' })),
    ),
    ...TOOLS.map(({ name, label, keys }): Binding => ({ keys, label, group: 'Tools', run: () => toggleTool(dataset, name) })),
    { keys: 'h', label: 'Trace under the pointer', group: 'Tools', run: () => setEdit(dataset, { pixelTrace: !pixelTrace }) },
  ]);

  const inHand = (keys: string, label: string, run: () => void): Binding => ({
    keys,
    label,
    group: 'Tools',
    run,
    allowRepeat: true,
  });
  useShortcuts(
    [
      inHand('Escape', 'Drop the outline, then put the tool away', () => {
        if (!hands()?.drop()) setEdit(dataset, { tool: null });
      }),
      inHand('Enter', 'Close the outline, or place at the pointer', () => hands()?.confirm()),
    ],
    tool !== null,
  );
  useShortcuts(
    [inHand('Backspace', 'Take back the last corner', () => hands()?.removeCorner())],
    tool === 'draw' || tool === 'lasso',
  );
  const brush = (by: 1 | -1) => setEdit(dataset, { brush: widerBrush(dataset, by) });
  useShortcuts(
    [inHand('[', 'Narrower brush', () => brush(-1)), inHand(']', 'Wider brush', () => brush(1))],
    tool !== null && BRUSHES.includes(tool),
  );
  const nudge = (row: number, col: number) =>
    probe && setEdit(dataset, { probe: { row: probe.row + row, col: probe.col + col } });
  useShortcuts(
    [
      inHand('ArrowUp', 'Probe up', () => nudge(-1, 0)),
      inHand('ArrowDown', 'Probe down', () => nudge(1, 0)),
      inHand('ArrowLeft', 'Probe left', () => nudge(0, -1)),
      inHand('ArrowRight', 'Probe right', () => nudge(0, 1)),
      inHand('Delete', 'Remove the probe', () => removeProbe(dataset)),
    ],
    tool === 'probe' && probe !== null,
  );
}
