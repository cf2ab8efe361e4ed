// One image [row, column] on its canvas: fits, zooms at the cursor, tells what is under a point.
import type { NumericArray } from '../base/ndarray.ts';
import { type Camera, clampCamera, fitCamera, minZoomOf, type Point, toImage, zoomAt } from './camera.ts';
import { type CanvasSize, observeCanvasSize } from './canvas-size.ts';
import type { ColormapName, Look } from './colormap.ts';
import { parseColour } from './colour.ts';
import { createGl, type Gl } from './context.ts';
import { createFrameLoop, type FrameLoop } from './frame-loop.ts';
import { createImageLayer, type ImageLayer } from './layers/image.ts';
import { codesOf } from './quantise.ts';

export class ArrayPicture {
  private readonly gl: Gl;
  private readonly layer: ImageLayer;
  private readonly loop: FrameLoop;
  private readonly extent: { readonly height: number; readonly width: number };
  private readonly stopSize: () => void;
  private size: CanvasSize | undefined;
  private camera: Camera | undefined;
  private data: NumericArray | undefined;

  constructor(canvas: HTMLCanvasElement, extent: { height: number; width: number }) {
    this.extent = extent;
    this.gl = createGl(canvas);
    this.layer = createImageLayer(this.gl);
    this.loop = createFrameLoop(() => this.draw());
    this.gl.onLost((lost) => lost || this.loop.invalidate());
    this.stopSize = observeCanvasSize(canvas, (size) => {
      this.size = size;
      this.gl.resize(size.deviceWidth, size.deviceHeight);
      this.fit();
    });
  }

  /** Shows an image, its finite values between the ends of `map`; returns how, in data units. */
  show(data: NumericArray, map: ColormapName = 'viridis'): Look {
    const coded = codesOf({ data, ...this.extent });
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of data) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const look: Look = low <= high ? { low, high, gamma: 1, map } : { low: 0, high: 1, gamma: 1, map };
    this.data = data;
    this.layer.setPlane(coded);
    this.layer.setLook(look);
    this.loop.invalidate();
    return look;
  }

  fit(): void {
    if (!this.size) return;
    this.camera = fitCamera(this.extent, this.size, 8);
    this.loop.invalidate();
  }

  zoom(factor: number, at: Point): void {
    if (!this.camera || !this.size) return;
    this.camera = clampCamera(
      zoomAt(this.camera, this.size, at, factor, minZoomOf(this.extent, this.size)),
      this.extent,
      this.size,
    );
    this.loop.invalidate();
  }

  /** Pixel and value under a point; undefined outside the image. */
  under(at: Point): { row: number; col: number; value: number } | undefined {
    if (!this.camera || !this.size || !this.data) return undefined;
    const found = toImage(this.camera, this.size, at);
    const [row, col] = [Math.floor(found.row), Math.floor(found.col)];
    if (row < 0 || col < 0 || row >= this.extent.height || col >= this.extent.width) return undefined;
    return { row, col, value: this.data[row * this.extent.width + col]! };
  }

  destroy(): void {
    this.stopSize();
    this.loop.destroy();
    this.gl.destroy();
  }

  private draw(): void {
    if (!this.size || !this.camera || !this.gl.regl) return;
    const { width, height, pixelRatio, deviceHeight } = this.size;
    this.gl.clear(parseColour('#0a0a0a'));
    this.layer.draw({ box: { x: 0, y: 0, width, height }, pixelRatio, targetHeight: deviceHeight }, this.camera);
  }
}
