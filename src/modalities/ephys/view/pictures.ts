// The pictures that are on screen now, each of which can be saved as PNG and as SVG.
import { createStore } from 'zustand/vanilla';
import type { CanvasSize } from '../../../render/canvas-size.ts';
import type { Box } from '../../../ui/pen.ts';
import { makeSvgPen, type SvgPen } from '../../../ui/svg-pen.ts';
import { type Palette, readPalette } from './series-colours.ts';

export interface ShownPicture {
  /** The accessible name of its element. */
  readonly label: string;
  toCanvas(): HTMLCanvasElement;
  toSvg(): string;
}

const shown = new Map<string, ShownPicture>();

/** Names of the pictures on screen, for whoever draws a list of them. */
export const pictureNames = createStore<readonly string[]>(() => []);

/** Returns what takes it off the list. */
export function showPicture(picture: ShownPicture): () => void {
  shown.set(picture.label, picture);
  pictureNames.setState([...shown.keys()], true);
  return () => {
    if (shown.get(picture.label) !== picture) return;
    shown.delete(picture.label);
    pictureNames.setState([...shown.keys()], true);
  };
}

export function shownPicture(label: string): ShownPicture | undefined {
  return shown.get(label);
}

export const PICTURE_FONT = '11px';

/** An empty SVG of the page's font, and of the theme's plots behind. */
export function svgFor(title: string, { width, height }: Pick<CanvasSize, 'width' | 'height'>, { css }: Palette): SvgPen {
  const family = getComputedStyle(document.body).fontFamily;
  const ruler = document.createElement('canvas').getContext('2d')!;
  ruler.font = `${PICTURE_FONT} ${family}`;
  return makeSvgPen({ width, height, family, title, background: css.plot, measureText: (text) => ruler.measureText(text) });
}

/** A part of a canvas, given in CSS px, as an address that an SVG can hold. */
export function cutOut(canvas: HTMLCanvasElement, { x, y, width, height }: Box, ratio: number): string {
  const part = document.createElement('canvas');
  part.width = Math.max(1, Math.round(width * ratio));
  part.height = Math.max(1, Math.round(height * ratio));
  part
    .getContext('2d')!
    .drawImage(canvas, Math.round(x * ratio), Math.round(y * ratio), part.width, part.height, 0, 0, part.width, part.height);
  return part.toDataURL('image/png');
}

/** A canvas with the theme's plot colour behind: on its own a transparent one may not be read. */
export function onPlot(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const out = document.createElement('canvas');
  out.width = canvas.width;
  out.height = canvas.height;
  const context = out.getContext('2d')!;
  context.fillStyle = readPalette().css.plot;
  context.fillRect(0, 0, out.width, out.height);
  context.drawImage(canvas, 0, 0);
  return out;
}
