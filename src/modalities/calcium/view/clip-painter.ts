// Draws the pictures of a clip on a 2-D canvas: the movie as it is shown (contrast, smoothing, ΔF/F₀), and over it, drawn once,
// the outlines of the stage with scale bar and legend; the time stamp on each. The stage stays as it is.
import { SomascopeError } from '../../../base/errors.ts';
import { HATCH, HATCH_STRIPE } from '../../../render/layers/image.ts';
import { makePlanePainter, type PlanePainter } from '../../../render/paint-plane.ts';
import { readPicture } from '../../../render/read-pixels.ts';
import { type ClipOptions, type ClipPlan, stampOf } from './clip-plan.ts';
import { autoContrast, contrastKey, contrastOf } from './contrast.ts';
import type { CalciumDataset } from './datasets.ts';
import { legendLayers } from './legend-layers.ts';
import { legendOf, scaleBarOf } from './picture-notes.ts';
import { PicturePen } from './picture-pen.ts';
import { layOut } from './picture-png.ts';
import type { Shown } from './player.ts';
import type { StagePicture } from './stage-picture.ts';
import type { Contrast } from './store.ts';

/** What it takes of the stage. */
export type DrawnOverlays = Pick<StagePicture, 'gl' | 'drawOverlays'>;

export class ClipPainter {
  /** The finished picture. */
  readonly canvas: HTMLCanvasElement;
  private readonly dataset: CalciumDataset;
  private readonly options: ClipOptions;
  private readonly layout: ReturnType<typeof layOut>;
  /** One pixel of the movie a pixel. */
  private readonly plain: HTMLCanvasElement;
  private readonly pixels: ImageData;
  private look: { readonly contrast: Contrast; readonly painter: PlanePainter } | undefined;
  private readonly over: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly pen: PicturePen;
  private readonly widest: string;

  /** Throws `Unsupported` for outlines that the graphics card does not draw, `NoWebGL` without one, `OutOfMemory`. */
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
    const movie = dataset.files.movie;
    this.plain = canvasOf(movie.width, movie.height);
    this.pixels = new ImageData(movie.width, movie.height);
  }

  /** Puts a frame on the canvas; one that is damaged is hatched. */
  async paint(shown: Shown): Promise<void> {
    const { width, height } = this.canvas;
    const painter = await this.painterOf(shown);
    const rgba = new Uint32Array(this.pixels.data.buffer);
    if (!shown.data || !painter || painter.paint(shown.data, rgba)) this.hatch();
    if (shown.data && painter) {
      contextOf(this.plain).putImageData(this.pixels, 0, 0);
      this.context.imageSmoothingEnabled = false;
      this.context.drawImage(this.plain, 0, 0, width, height);
    }
    this.context.drawImage(this.over, 0, 0);
    if (this.options.timeStamp) this.pen.stamp(stampOf(shown.frame, this.rate), this.widest, this.canvas.height);
  }

  private get rate(): number | null {
    return this.dataset.rateKnown ? this.dataset.rateHz : null;
  }

  /** In the movie's contrast, measured now where the movie was never on stage. */
  private async painterOf({ data, deltaF }: Shown): Promise<PlanePainter | undefined> {
    const key = contrastKey('movie', deltaF);
    if (!contrastOf(this.dataset, key) && data) await autoContrast(this.dataset, key, data);
    const contrast = contrastOf(this.dataset, key);
    if (contrast && contrast !== this.look?.contrast) this.look = { contrast, painter: makePlanePainter(contrast) };
    return this.look?.painter;
  }

  /** The stripes of what could not be read, as on stage. */
  private hatch(): void {
    const { context, canvas } = this;
    const stripe = HATCH_STRIPE * this.layout.size.pixelRatio;
    context.fillStyle = `rgb(${HATCH[0].join(' ')})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.strokeStyle = `rgb(${HATCH[1].join(' ')})`;
    context.lineWidth = stripe;
    context.beginPath();
    for (let x = -canvas.height; x < canvas.width; x += 2 * stripe * Math.SQRT2) {
      context.moveTo(x, 0);
      context.lineTo(x + canvas.height, canvas.height);
    }
    context.stroke();
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
