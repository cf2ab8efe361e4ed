// The tools for editing on the picture: name, key, icon, and what the hint says while one is in hand.
import {
  BoxIcon,
  BrushIcon,
  CutIcon,
  DiscIcon,
  DrawIcon,
  EraseIcon,
  GrowIcon,
  type Icon,
  LassoIcon,
  ProbeIcon,
  RedoAreaIcon,
} from '../../../ui/icons.tsx';
import type { ToolName } from './edit-state.ts';

export interface Tool {
  readonly name: ToolName;
  readonly label: string;
  readonly keys: string;
  readonly icon: Icon;
  readonly hint: string;
}

/** In groups, as the bar shows them. */
export const TOOL_GROUPS: readonly (readonly Tool[])[] = [
  [
    {
      name: 'draw',
      label: 'Draw region',
      keys: 'd',
      icon: DrawIcon,
      hint: 'Drag an outline, or click corners; Enter or double-click closes it.',
    },
    {
      name: 'disc',
      label: 'Disc',
      keys: 'o',
      icon: DiscIcon,
      hint: 'Click, or press Enter, to place a disc of the soma diameter.',
    },
    {
      name: 'grow',
      label: 'Grow region',
      keys: 'w',
      icon: GrowIcon,
      hint: 'Click a cell, or press Enter, to grow a region from there.',
    },
    { name: 'paint', label: 'Paint', keys: 'Shift+q', icon: BrushIcon, hint: 'Drag to add pixels to the selected region.' },
    { name: 'erase', label: 'Erase', keys: 'q', icon: EraseIcon, hint: 'Drag to take pixels from the selected region.' },
    { name: 'cut', label: 'Split by a line', keys: 's', icon: CutIcon, hint: 'Drag a line across a region to split it.' },
    {
      name: 'redo',
      label: 'Redo in a rectangle',
      keys: 'Shift+d',
      icon: RedoAreaIcon,
      hint: 'Drag a rectangle, or press Enter for the part in view: the detection runs again only there.',
    },
  ],
  [
    {
      name: 'lasso',
      label: 'Lasso',
      keys: 'l',
      icon: LassoIcon,
      hint: 'Drag round predictions, or click corners, to select them.',
    },
    { name: 'box', label: 'Box selection', keys: 'Shift+l', icon: BoxIcon, hint: 'Drag a box round predictions to select them.' },
  ],
  [
    {
      name: 'probe',
      label: 'Probe',
      keys: 'i',
      icon: ProbeIcon,
      hint: 'Click or drag to place the probe; arrow keys move it. Traces follow.',
    },
  ],
];

export const TOOLS: readonly Tool[] = TOOL_GROUPS.flat();
export const BRUSHES: readonly ToolName[] = ['paint', 'erase'];
