// Draws the pictures of a clip: the movie as it is shown (contrast, smoothing, ΔF/F₀), and over it, drawn once, the outlines of
// the stage with scale bar and legend; the time stamp on each. Has a WebGL context of its own, so the stage stays as it is.
import { SomascopeError } from '../../../base/errors.ts';
import { parseColour } from '../../../render/colour.ts';
import { createGl, type Gl } from '../../../render/context.ts';
import { createImageLayer, type ImageLayer } from '../../../render/layers/image.ts';
import { codesOf } from '../../../render/quantise.ts';
import { readPicture } from '../../../render/read-pixels.ts';
import { token } from '../../../ui/css-vars.ts';
import { type ClipOptions, type ClipPlan, stampOf } from './clip-plan.ts';
import { autoContrast, contrastKey, contrastOf } from './contrast.ts';
import type { CalciumDataset } from './datasets.ts';
import { legendLayers } from './legend-layers.ts';
import { legendOf, scaleBarOf } from './picture-notes.ts';
import { PicturePen } from './picture-pen.ts';
import { layOut } from './picture-png.ts';
import type { Shown } from './player.ts';
import type { StagePicture } from './stage-picture.ts';

/** What it takes of the stage. */
export type DrawnOverlays = Pick<StagePicture, 'gl' | 'drawOverlays'>;

export class ClipPainter {
  /** The finished picture. */
  readonly canvas: HTMLCanvasElement;
  private readonly dataset: CalciumDataset;
  private readonly options: ClipOptions;
  private readonly layout: ReturnType<typeof layOut>;
  private readonly gl: Gl;
  private readonly image: ImageLayer;
  private readonly over: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly pen: PicturePen;
  private readonly widest: string;

  /** Throws `Unsupported` for a picture that the graphics card does not draw, `NoWebGL` without one. */
  constructor(dataset: CalciumDataset, stage: DrawnOverlays, options: ClipOptions, { width, height, frames }: ClipPlan) {
    this.dataset = dataset;
    this.options = options;
    this.layout = layOut(dataset.files.movie, options.magnification);
    this.canvas = canvasOf(width, height);
    this.over = canvasOf(width, height);
    this.context = contextOf(this.canvas);
    this.drawOver(stage);
    this.pen = this.penOn(this.context);
    this.widest = stampOf(frames.at(-1) ?? 0, this.rate);
    this.gl = createGl(document.createElement('canvas'));
    this.image = createImageLayer(this.gl);
    this.gl.resize(width, height);
  }

  /** Puts a frame on the canvas; one that is damaged is hatched. */
  async paint(shown: Shown): Promise<void> {
    await this.setContrast(shown);
    if (!this.gl.regl) {
      const hint = 'Save the clip again.';
      throw new SomascopeError('NoWebGL', 'The graphics card was reset while the clip was drawn.', {}, hint);
    }
    const { height, width } = this.dataset.files.movie;
    if (shown.data) this.image.setPlane(codesOf({ data: shown.data, height, width }));
    else this.image.setMissing({ height, width });
    const { size, box, camera } = this.layout;
    this.gl.clear(parseColour(token('--well')));
    this.image.draw({ box, pixelRatio: size.pixelRatio, targetHeight: this.canvas.height }, camera);
    // In the same task: the drawing is gone once it was handed to the screen.
    this.context.drawImage(this.gl.canvas, 0, 0);
    this.context.drawImage(this.over, 0, 0);
    if (this.options.timeStamp) this.pen.stamp(stampOf(shown.frame, this.rate), this.widest, this.canvas.height);
  }

  destroy(): void {
    this.gl.destroy();
  }

  private get rate(): number | null {
    return this.dataset.rateKnown ? this.dataset.rateHz : null;
  }

  /** The movie's contrast, measured now where the movie was never on stage. */
  private async setContrast({ data, deltaF }: Shown): Promise<void> {
    const key = contrastKey('movie', deltaF);
    if (!contrastOf(this.dataset, key) && data) await autoContrast(this.dataset, key, data);
    const contrast = contrastOf(this.dataset, key);
    if (contrast) this.image.setLook(contrast);
  }

  private drawOver(stage: DrawnOverlays): void {
    const { overlays, scaleBar, magnification } = this.options;
    const { info, files, store } = this.dataset;
    const { size, box, camera } = this.layout;
    const context = contextOf(this.over);
    if (overlays) {
      const { rgba, width, height } = readPicture(stage.gl, { ...size, background: null }, (target) =>
        stage.drawOverlays({ box, ...target }, camera),
      );
      context.putImageData(new ImageData(rgba, width, height), 0, 0);
    }
    const pen = this.penOn(context);
    if (scaleBar) {
      const bar = scaleBarOf(files.movie.width, magnification, info.facts.pixelsPerMicron);
      pen.scaleBar(bar, this.over.width, this.over.height);
    }
    const entries = legendOf(store.getState(), legendLayers(this.dataset));
    if (overlays && entries.length > 0) pen.legend(info.shortName, entries);
  }

  private penOn(context: CanvasRenderingContext2D): PicturePen {
    const { width, height } = this.canvas;
    const { pixelRatio } = this.layout.size;
    return new PicturePen(context, pixelRatio, Math.min(width, height) / pixelRatio);
  }
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context) return context;
  const message = `The browser gave no canvas of ${canvas.width} × ${canvas.height} px.`;
  throw new SomascopeError('OutOfMemory', message, {}, 'Choose a smaller magnification.');
}
