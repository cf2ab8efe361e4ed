// The colour maps as choices of a contrast bar, with a few of their colours for the swatch.
import { COLORMAPS, type ColormapName, colormapTable } from '../render/colormap.ts';
import type { ColormapChoice } from './contrast-bar.tsx';

const STOPS = [0, 64, 128, 192, 255];
const TITLES: Readonly<Record<ColormapName, string>> = { gray: 'Gray', viridis: 'Viridis', magma: 'Magma', cividis: 'Cividis' };

export const COLORMAP_CHOICES: readonly ColormapChoice[] = COLORMAPS.map((id) => {
  const table = colormapTable(id);
  return { id, label: TITLES[id], stops: STOPS.map((at) => `rgb(${table.slice(3 * at, 3 * at + 3).join(' ')})`) };
});
