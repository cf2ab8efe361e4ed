// The present view as a PNG: the whole image, each pixel `magnification` times, with overlay and contrast as on screen; the
// scale bar and the legend are drawn over it on a 2-D canvas.
import { SomascopeError } from '../../../base/errors.ts';
import { parseColour } from '../../../render/colour.ts';
import { encodePng, type Picture, readPicture } from '../../../render/read-pixels.ts';
import { token } from '../../../ui/css-vars.ts';
import type { CalciumDataset } from './datasets.ts';
import { legendLayers } from './legend-layers.ts';
import { captionOf, type LegendEntry, legendOf, type ScaleBar, scaleBarOf } from './picture-notes.ts';
import type { StagePicture } from './stage-picture.ts';

export interface PictureOptions {
  /** Picture px per image px. */
  readonly magnification: 1 | 2 | 3 | 4;
  readonly scaleBar: boolean;
  readonly legend: boolean;
}

/** What it takes of the stage. */
export type Drawn = Pick<StagePicture, 'gl' | 'drawInto'>;

/** Lines keep their width on the image up to this magnification; beyond it they are drawn finer grained, not thinner. */
const LINE_ZOOM = 2;

/** Throws `Unsupported` above what the graphics card draws, `NoWebGL` while its context is lost, `OutOfMemory` without a canvas. */
export async function makePicture(dataset: CalciumDataset, picture: Drawn, options: PictureOptions): Promise<Blob> {
  const { height, width } = dataset.files.movie;
  const zoom = Math.min(LINE_ZOOM, options.magnification);
  const size = { width: width * zoom, height: height * zoom, pixelRatio: options.magnification / zoom };
  const camera = { row: height / 2, col: width / 2, zoom };
  const background = parseColour(token('--well'));
  const read = readPicture(picture.gl, { ...size, background }, (target) =>
    picture.drawInto({ box: { x: 0, y: 0, width: size.width, height: size.height }, ...target }, camera),
  );
  return encodePng(annotate(read, notesOf(dataset, options), size.pixelRatio));
}

interface Notes {
  readonly bar: ScaleBar | null;
  readonly legend: { readonly caption: string; readonly entries: readonly LegendEntry[] } | null;
}

function notesOf(dataset: CalciumDataset, { magnification, scaleBar, legend }: PictureOptions): Notes {
  const { info, files, store, player, rateKnown, rateHz } = dataset;
  const state = store.getState();
  const caption = captionOf(info.shortName, state, player.shown?.frame ?? state.frame, rateKnown ? rateHz : null);
  return {
    bar: scaleBar ? scaleBarOf(files.movie.width, magnification, info.facts.pixelsPerMicron) : null,
    legend: legend ? { caption, entries: legendOf(state, legendLayers(dataset)) } : null,
  };
}

/** `scale`: picture px per CSS px of the lines. */
function annotate(picture: Picture, { bar, legend }: Notes, scale: number): Picture {
  const { width, height } = picture;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) {
    const hint = 'Choose a smaller magnification.';
    throw new SomascopeError('OutOfMemory', `The browser gave no canvas of ${width} × ${height} px.`, {}, hint);
  }
  context.putImageData(new ImageData(picture.rgba, width, height), 0, 0);
  const pen = new Pen(context, scale, Math.min(width, height) / scale);
  if (bar) pen.scaleBar(bar, width, height);
  if (legend) pen.legend(legend.caption, legend.entries);
  return { width, height, rgba: new Uint8ClampedArray(context.getImageData(0, 0, width, height).data) };
}

/** CSS px: text fits a small picture and stays moderate in a large one. */
const TEXT = { min: 8, max: 14, share: 1 / 36 };
const DASHES: Readonly<Record<LegendEntry['dash'], readonly number[]>> = { solid: [], dashed: [5, 3], dotted: [0.1, 4] };

class Pen {
  private readonly context: CanvasRenderingContext2D;
  private readonly scale: number;
  private readonly size: number;
  private readonly gap: number;

  constructor(context: CanvasRenderingContext2D, scale: number, shorterSide: number) {
    this.context = context;
    this.scale = scale;
    this.size = Math.round(Math.min(TEXT.max, Math.max(TEXT.min, shorterSide * TEXT.share)) * scale);
    this.gap = Math.round(this.size / 2);
    context.font = `${this.size}px ${token('--font')}`;
    context.textBaseline = 'middle';
  }

  /** Bottom right: the words above the bar. */
  scaleBar({ length, text }: ScaleBar, width: number, height: number): void {
    const { context, gap, size } = this;
    const thick = Math.max(2, Math.round(size / 4));
    const wide = Math.max(length, context.measureText(text).width);
    const left = width - 2 * gap - wide;
    const top = height - 3 * gap - size - thick;
    this.scrim(left - gap, top - gap / 2, wide + 2 * gap, size + thick + 2 * gap);
    context.textAlign = 'center';
    context.fillText(text, left + wide / 2, top + size / 2);
    context.fillRect(Math.round(left + (wide - length) / 2), Math.round(top + size + gap / 2), Math.round(length), thick);
  }

  /** Top left: what the picture shows, then a line a class. */
  legend(caption: string, entries: readonly LegendEntry[]): void {
    const { context, gap, size } = this;
    const step = Math.round(size * 1.35);
    const sample = 2 * size;
    const widths = entries.map(({ text }) => sample + gap + context.measureText(text).width);
    const wide = Math.max(context.measureText(caption).width, ...widths);
    this.scrim(gap, gap, wide + 2 * gap, step * (1 + entries.length) + gap);
    context.textAlign = 'left';
    context.fillText(caption, 2 * gap, gap * 1.5 + step / 2);
    entries.forEach((entry, i) => {
      const y = gap * 1.5 + step * (i + 1.5);
      this.sample(entry, 2 * gap, y, sample);
      context.fillText(entry.text, 3 * gap + sample, y);
    });
  }

  private sample({ colour, dash, thin }: LegendEntry, x: number, y: number, length: number): void {
    const { context, scale } = this;
    context.save();
    context.strokeStyle = token(colour);
    // Dots of one px would be too faint to tell their colour.
    context.lineWidth = (thin && dash !== 'dotted' ? 1 : 2) * scale;
    context.lineCap = dash === 'dotted' ? 'round' : 'butt';
    context.setLineDash(DASHES[dash].map((part) => part * scale));
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + length, y);
    context.stroke();
    context.restore();
  }

  /** A dark ground, then the colour of text on data for what follows. */
  private scrim(x: number, y: number, width: number, height: number): void {
    const { context } = this;
    context.fillStyle = token('--scrim');
    context.fillRect(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
    context.fillStyle = token('--on-data');
  }
}
