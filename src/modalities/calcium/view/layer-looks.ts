// How a layer is drawn: its colour on data, its line style, and the sample of both in lists.
import { parseColour, type Rgb } from '../../../render/colour.ts';
import { CLASS, type Dash, overlayStyles, type RegionStyle } from '../../../render/layers/region-style.ts';
import { token } from '../../../ui/css-vars.ts';
import type { LineKind } from '../../../ui/line-sample.tsx';
import type { CalciumDataset } from './datasets.ts';
import { type LayerColour, layerOf } from './layer-set.ts';
import { measureColour, STEPS } from './measure-colours.ts';

export interface LayerLook {
  /** Seen in menus: "Pink, dashed". */
  readonly title: string;
  readonly token: '--on-data' | `--layer-${Exclude<LayerColour, 'white'>}`;
  readonly dash: Dash;
  readonly line: LineKind;
}

export const LAYER_LOOKS: Readonly<Record<LayerColour, LayerLook>> = {
  violet: { title: 'Violet, solid', token: '--layer-violet', dash: 'solid', line: 'layer-violet' },
  pink: { title: 'Pink, dashed', token: '--layer-pink', dash: 'dashed', line: 'layer-pink' },
  green: { title: 'Green, dotted', token: '--layer-green', dash: 'dotted', line: 'layer-green' },
  amber: { title: 'Amber, dashed', token: '--layer-amber', dash: 'dashed', line: 'layer-amber' },
  sky: { title: 'Sky, dotted', token: '--layer-sky', dash: 'dotted', line: 'layer-sky' },
  white: { title: 'White, solid', token: '--on-data', dash: 'solid', line: 'layer-white' },
};

/** The styles of one overlay in the order of `CLASS`, then the steps of a measure; lines of `width` CSS px, plain ones as the layer looks. */
export function stylesOf(colour: LayerColour, width: 1 | 2): RegionStyle[] {
  const look = LAYER_LOOKS[colour];
  const at = (name: `--${string}`): Rgb => parseColour(token(name));
  const white = at('--on-data');
  const colours = {
    matched: at('--tp'),
    extra: at('--fp'),
    missed: at('--fn'),
    plain: at(look.token),
    selected: white,
    leftOut: at('--left-out'),
  };
  const styles = overlayStyles(colours, width);
  styles[CLASS.plain] = { ...styles[CLASS.plain]!, dash: look.dash };
  // A missed cell has no prediction over it, so its line alone must be seen.
  styles[CLASS.missed] = overlayStyles(colours, 2)[CLASS.missed]!;
  const plain = styles[CLASS.plain]!;
  const ramp = Array.from({ length: STEPS }, (_, i) => ({ ...plain, colour: measureColour(i / (STEPS - 1)) }));
  return [...styles, ...ramp];
}

/** Of regions without a result: as the current layer looks. */
export function plainLine({ store }: Pick<CalciumDataset, 'store'>): LineKind {
  const { layers, currentLayer } = store.getState();
  const colour = layerOf({ layers }, currentLayer)?.colour;
  return colour ? LAYER_LOOKS[colour].line : 'pred';
}
