// The present view as a PNG: the whole image, each pixel `magnification` times, with overlay and contrast as on screen; the
// scale bar and the legend are drawn over it on a 2-D canvas.
import { SomascopeError } from '../../../base/errors.ts';
import type { Camera } from '../../../render/camera.ts';
import { parseColour } from '../../../render/colour.ts';
import { encodePng, type Picture, readPicture } from '../../../render/read-pixels.ts';
import type { Box } from '../../../render/view.ts';
import { token } from '../../../ui/css-vars.ts';
import type { CalciumDataset } from './datasets.ts';
import { legendLayers } from './legend-layers.ts';
import { captionOf, type LegendEntry, legendOf, type ScaleBar, scaleBarOf } from './picture-notes.ts';
import { PicturePen } from './picture-pen.ts';
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

/** How the whole image is laid out at a magnification: size in CSS px with device px for each, its box, and the camera. */
export function layOut({ height, width }: { height: number; width: number }, magnification: PictureOptions['magnification']) {
  const zoom = Math.min(LINE_ZOOM, magnification);
  const size = { width: width * zoom, height: height * zoom, pixelRatio: magnification / zoom };
  const box: Box = { x: 0, y: 0, width: size.width, height: size.height };
  const camera: Camera = { row: height / 2, col: width / 2, zoom };
  return { size, box, camera };
}

/** Throws `Unsupported` above what the graphics card draws, `NoWebGL` while its context is lost, `OutOfMemory` without a canvas. */
export async function makePicture(dataset: CalciumDataset, picture: Drawn, options: PictureOptions): Promise<Blob> {
  const { size, box, camera } = layOut(dataset.files.movie, options.magnification);
  const background = parseColour(token('--well'));
  const read = readPicture(picture.gl, { ...size, background }, (target) => picture.drawInto({ box, ...target }, camera));
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
  const pen = new PicturePen(context, scale, Math.min(width, height) / scale);
  if (bar) pen.scaleBar(bar, width, height);
  if (legend) pen.legend(legend.caption, legend.entries);
  return { width, height, rgba: new Uint8ClampedArray(context.getImageData(0, 0, width, height).data) };
}
