// The picture on stage: image, fill and outlines on one canvas. Follows the player and the store by itself; renders no React.
import { mark } from '../../../base/marks.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { type Camera, clampCamera, fitCamera, minZoomOf, type Point, panBy, toImage, zoomAt } from '../../../render/camera.ts';
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { parseColour } from '../../../render/colour.ts';
import { createGl, type Gl } from '../../../render/context.ts';
import { createFrameLoop, type FrameLoop } from '../../../render/frame-loop.ts';
import { createImageLayer, type ImageLayer } from '../../../render/layers/image.ts';
import { codesOf } from '../../../render/quantise.ts';
import type { View } from '../../../render/view.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { autoContrast, contrastKey, contrastOf, histogramOf } from './contrast.ts';
import type { CalciumDataset } from './datasets.ts';
import type { Shown } from './player.ts';
import { StageOverlays } from './stage-overlays.ts';
import type { CalciumState, Selection } from './store.ts';

/** What is under a point of the canvas. */
export interface Under {
  readonly row: number;
  readonly col: number;
  /** NaN outside the image and for damaged frames. */
  readonly value: number;
  readonly inside: boolean;
}

const WELL = '#0a0a0a';
const MARGIN = 4;

export class StagePicture {
  readonly gl: Gl;
  readonly loop: FrameLoop;
  private readonly dataset: CalciumDataset;
  private readonly image: ImageLayer;
  /** Made once the first frame is on screen: their programs take a third of a second where there is no graphics card. */
  private overlays: StageOverlays | undefined;
  private readonly stops: (() => void)[] = [];
  private size: CanvasSize | undefined;
  private camera: Camera | undefined;
  private fitted = true;
  private shownData: NumericArray | null = null;
  /** Nothing to draw yet; the first picture; all that follow. */
  private phase: 'empty' | 'first' | 'live' = 'empty';
  private onCamera: () => void = () => {};
  private readonly cameraListeners = new Set<() => void>();

  constructor(canvas: HTMLCanvasElement, dataset: CalciumDataset, onCamera: () => void) {
    this.dataset = dataset;
    this.onCamera = onCamera;
    this.adopt(dataset.store.getState().camera);
    this.gl = createGl(canvas);
    this.image = createImageLayer(this.gl);
    this.loop = createFrameLoop(() => this.draw());
    this.stops.push(
      observeCanvasSize(canvas, (size) => this.resize(size)),
      this.gl.onLost((lost) => lost || this.loop.invalidate()),
      dataset.player.subscribe((shown) => this.showFrame(shown)),
      dataset.store.subscribe((now, before) => this.follow(now, before)),
    );
    this.showView();
  }

  get view(): { camera: Camera; box: CanvasSize } | undefined {
    return this.camera && this.size && { camera: this.camera, box: this.size };
  }

  /** Calls back whenever the camera has moved, at once if there is one. */
  subscribeCamera(listener: () => void): () => void {
    this.cameraListeners.add(listener);
    if (this.camera) listener();
    return () => this.cameraListeners.delete(listener);
  }

  fit(): void {
    if (!this.size) return;
    this.fitted = true;
    this.moveTo(fitCamera(this.extent, this.size, MARGIN));
  }

  zoomBy(factor: number, at?: Point): void {
    if (!this.camera || !this.size) return;
    const cursor = at ?? { x: this.size.width / 2, y: this.size.height / 2 };
    this.fitted = false;
    this.moveTo(zoomAt(this.camera, this.size, cursor, factor, minZoomOf(this.extent, this.size)));
  }

  pan(dx: number, dy: number): void {
    if (!this.camera) return;
    this.fitted = false;
    this.moveTo(panBy(this.camera, dx, dy));
  }

  /** Brings an image point into sight if it is not. */
  reveal(row: number, col: number): void {
    if (!this.camera || !this.size) return;
    const { camera, size } = this;
    const away =
      Math.max(Math.abs(row - camera.row) / (size.height / 2), Math.abs(col - camera.col) / (size.width / 2)) * camera.zoom;
    if (away > 0.95) this.moveTo({ ...camera, row, col });
  }

  /** Brings an image point into the middle, so near that `span` image px fill the shorter side; never zooms out. */
  showPlace(row: number, col: number, span: number): void {
    if (!this.camera || !this.size) return;
    const zoom = Math.max(this.camera.zoom, Math.min(this.size.width, this.size.height) / span);
    this.fitted = false;
    this.moveTo({ row, col, zoom });
  }

  under(at: Point): Under | undefined {
    if (!this.camera || !this.size) return undefined;
    const found = toImage(this.camera, this.size, at);
    const row = Math.floor(found.row);
    const col = Math.floor(found.col);
    const { height, width } = this.extent;
    const inside = row >= 0 && col >= 0 && row < height && col < width;
    return { row, col, inside, value: inside && this.shownData ? this.shownData[row * width + col]! : Number.NaN };
  }

  /** The region under a point, predictions above truth; only what is drawn can be picked. */
  pick(at: Point): Selection | null {
    if (!this.camera || !this.size) return null;
    const { row, col } = toImage(this.camera, this.size, at);
    return this.overlays?.pick(row, col, 3 / this.camera.zoom) ?? null;
  }

  /** The prediction that covers a place of the image; null for none that is drawn. */
  predictionAt(row: number, col: number): number | null {
    return this.overlays?.predictionAt(row, col) ?? null;
  }

  isPredictionShown(index: number): boolean {
    return this.overlays?.isPredictionShown(index) ?? false;
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    this.overlays?.destroy();
    this.loop.destroy();
    this.gl.destroy();
  }

  private get extent(): { height: number; width: number } {
    return this.dataset.files.movie;
  }

  private resize(size: CanvasSize): void {
    this.size = size;
    this.gl.resize(size.deviceWidth, size.deviceHeight);
    if (this.fitted || !this.camera) this.fit();
    else this.moveTo(this.camera);
  }

  private moveTo(camera: Camera): void {
    if (!this.size) return;
    this.camera = clampCamera(camera, this.extent, this.size);
    this.dataset.store.setState({ camera: this.fitted ? null : this.camera });
    this.onCamera();
    for (const listener of this.cameraListeners) listener();
    this.loop.invalidate();
  }

  /** Takes the place that a link or the last visit left. */
  private adopt(camera: Camera | null): void {
    this.fitted = camera === null;
    if (camera) this.camera = camera;
    if (camera && this.size) this.moveTo(camera);
    else this.fit();
  }

  private follow(now: CalciumState, before: CalciumState): void {
    const { versions } = now;
    if (now.camera !== before.camera && now.camera !== (this.fitted ? null : this.camera)) this.adopt(now.camera);
    if (
      now.view !== before.view ||
      now.deltaF !== before.deltaF ||
      (versions.images !== before.versions.images && now.view !== 'movie')
    )
      this.showView();
    if (now.contrast !== before.contrast) this.look();
  }

  private showFrame(shown: Shown): void {
    const { view } = this.dataset.store.getState();
    if (view !== 'movie') return;
    this.put(shown.data);
    const key = contrastKey(view, shown.deltaF);
    if (shown.data && !histogramOf(this.dataset, key)) void autoContrast(this.dataset, key, shown.data);
  }

  /** Puts the chosen image, or the present frame, on stage. */
  private showView(): void {
    const { view } = this.dataset.store.getState();
    if (view === 'movie') {
      const { shown } = this.dataset.player;
      if (shown) this.showFrame(shown);
      this.look();
      return;
    }
    const data = resources.get<NumericArray>(`${this.dataset.id}/${view}`);
    this.put(data ?? null);
    this.look();
    if (data) void autoContrast(this.dataset, view, data);
  }

  private put(data: NumericArray | null): void {
    this.shownData = data;
    if (this.phase === 'empty') this.phase = 'first';
    try {
      if (data) this.image.setPlane(codesOf({ data, ...this.extent }));
      else this.image.setMissing(this.extent);
    } catch (error) {
      reportError(error, 'The picture cannot be drawn');
    }
    this.loop.invalidate();
  }

  private look(): void {
    const { view, deltaF } = this.dataset.store.getState();
    const contrast = contrastOf(this.dataset, contrastKey(view, deltaF));
    if (contrast) this.image.setLook(contrast);
    this.loop.invalidate();
  }

  private draw(): void {
    const { size, camera, gl } = this;
    if (!size || !camera || !gl.regl) return;
    gl.clear(parseColour(WELL));
    const box = { x: 0, y: 0, width: size.width, height: size.height };
    const view: View = { box, pixelRatio: size.pixelRatio, targetHeight: size.deviceHeight };
    if (this.phase === 'empty') return;
    this.image.draw(view, camera);
    if (this.phase === 'first') {
      this.phase = 'live';
      requestAnimationFrame(() => {
        mark('first-frame');
        const timer = setTimeout(() => this.overlay(), 0);
        this.stops.push(() => clearTimeout(timer));
      });
    }
    this.overlays?.draw(view, camera);
  }

  private overlay(): void {
    this.overlays = new StageOverlays(this.gl, this.dataset, () => this.loop.invalidate());
  }

  /** Everything at once, for a picture of another size than the screen's. */
  drawInto(view: View, camera: Camera, { overlays = true } = {}): void {
    this.image.draw(view, camera);
    if (overlays) this.drawOverlays(view, camera);
  }

  /** What lies over the image, in full and at once. */
  drawOverlays(view: View, camera: Camera): void {
    this.overlays?.drawInto(view, camera);
  }
}
