// The picture on stage: image, fill and outlines on one canvas. Follows the player and the store by itself; renders no React.
import { mark } from '../../../base/marks.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Region } from '../../../base/region.ts';
import { type Camera, clampCamera, fitCamera, minZoomOf, type Point, panBy, toImage, zoomAt } from '../../../render/camera.ts';
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { parseColour } from '../../../render/colour.ts';
import { createGl, type Gl } from '../../../render/context.ts';
import { createFrameLoop, type FrameLoop } from '../../../render/frame-loop.ts';
import { type CachedOverlay, createCachedOverlay } from '../../../render/layers/cached-overlay.ts';
import { createImageLayer, type ImageLayer } from '../../../render/layers/image.ts';
import { createLabelFillLayer, type LabelFillLayer } from '../../../render/layers/label-fill.ts';
import { createOutlineLayer, type OutlineLayer } from '../../../render/layers/outline.ts';
import { CLASS, createRegionStyles, overlayStyles, type RegionStyles } from '../../../render/layers/region-style.ts';
import { type LabelImage, paintLabels, regionAt } from '../../../render/picking.ts';
import { codesOf } from '../../../render/quantise.ts';
import type { View } from '../../../render/view.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { OutlinesInput, OutlinesOutput } from '../shared/score.ts';
import { autoContrast, contrastKey, contrastOf } from './contrast.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { classesFor } from './overlay-classes.ts';
import type { Shown } from './player.ts';
import type { CalciumState, LayerName, Selection } from './store.ts';

/** What is under a point of the canvas. */
export interface Under {
  readonly row: number;
  readonly col: number;
  /** NaN outside the image and for damaged frames. */
  readonly value: number;
  readonly inside: boolean;
}

interface Overlay {
  readonly styles: RegionStyles;
  readonly outlines: OutlineLayer;
  readonly fill: LabelFillLayer;
  labels: LabelImage | null;
  regions: readonly Region[];
}

const LAYERS: readonly LayerName[] = ['truth', 'predictions'];
const WELL = '#0a0a0a';
const MARGIN = 4;

export class StagePicture {
  readonly gl: Gl;
  readonly loop: FrameLoop;
  private readonly dataset: CalciumDataset;
  private readonly image: ImageLayer;
  private readonly cached: CachedOverlay;
  private readonly overlays: Readonly<Record<LayerName, Overlay>>;
  private readonly stops: (() => void)[] = [];
  private size: CanvasSize | undefined;
  private camera: Camera | undefined;
  private fitted = true;
  private shownData: NumericArray | null = null;
  /** Nothing to draw yet; the first picture; all that follow. */
  private phase: 'empty' | 'first' | 'live' = 'empty';
  private onCamera: () => void = () => {};

  constructor(canvas: HTMLCanvasElement, dataset: CalciumDataset, onCamera: () => void) {
    this.dataset = dataset;
    this.onCamera = onCamera;
    this.gl = createGl(canvas);
    this.image = createImageLayer(this.gl);
    this.cached = createCachedOverlay(this.gl);
    this.overlays = { truth: this.makeOverlay(1), predictions: this.makeOverlay(2) };
    this.loop = createFrameLoop(() => this.draw());
    this.stops.push(
      observeCanvasSize(canvas, (size) => this.resize(size)),
      this.gl.onLost((lost) => lost || this.loop.invalidate()),
      dataset.player.subscribe((shown) => this.showFrame(shown)),
      dataset.store.subscribe((now, before) => this.follow(now, before)),
    );
    this.showView();
    for (const layer of LAYERS) void this.loadRegions(layer);
  }

  get view(): { camera: Camera; box: CanvasSize } | undefined {
    return this.camera && this.size && { camera: this.camera, box: this.size };
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
    for (const layer of ['predictions', 'truth'] as const) {
      const { labels } = this.overlays[layer];
      const index = labels && regionAt(labels, row, col, 3 / this.camera.zoom);
      if (index !== null) return { layer, index };
    }
    return null;
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    this.loop.destroy();
    this.gl.destroy();
  }

  private get extent(): { height: number; width: number } {
    return this.dataset.files.movie;
  }

  private makeOverlay(width: 1 | 2): Overlay {
    const styles = createRegionStyles(this.gl);
    const token = (name: string) => parseColour(getComputedStyle(document.documentElement).getPropertyValue(name));
    const white = token('--on-data');
    const colours = { matched: token('--tp'), extra: token('--fp'), missed: token('--fn'), plain: white, selected: white };
    const own = overlayStyles(colours, width);
    // A missed cell has no prediction over it, so its line alone must be seen.
    own[CLASS.missed] = overlayStyles(colours, 2)[CLASS.missed]!;
    styles.setStyles(own);
    return {
      styles,
      outlines: createOutlineLayer(this.gl, styles),
      fill: createLabelFillLayer(this.gl, styles),
      labels: null,
      regions: [],
    };
  }

  private resize(size: CanvasSize): void {
    this.size = size;
    this.gl.resize(size.deviceWidth, size.deviceHeight);
    if (this.fitted || !this.camera) this.fit();
    else this.loop.invalidate();
  }

  private moveTo(camera: Camera): void {
    if (!this.size) return;
    this.camera = clampCamera(camera, this.extent, this.size);
    this.cached.invalidate();
    this.onCamera();
    this.loop.invalidate();
  }

  private follow(now: CalciumState, before: CalciumState): void {
    const { versions } = now;
    if (
      now.view !== before.view ||
      now.deltaF !== before.deltaF ||
      (versions.images !== before.versions.images && now.view !== 'movie')
    )
      this.showView();
    if (now.contrast !== before.contrast) this.look();
    if (versions.predictions !== before.versions.predictions) void this.loadRegions('predictions');
    if (versions.truth !== before.versions.truth) void this.loadRegions('truth');
    const inputs = ['confidence', 'classes', 'show', 'colourBy', 'selection'] as const;
    // Drawing is the costly part without a graphics card, so nothing is drawn that did not change.
    if (inputs.some((name) => now[name] !== before[name]) || versions.score !== before.versions.score) this.paint();
  }

  private showFrame(shown: Shown): void {
    const { view } = this.dataset.store.getState();
    if (view !== 'movie') return;
    this.put(shown.data);
    const key = contrastKey(view, shown.deltaF);
    if (shown.data && !contrastOf(this.dataset, key)) void autoContrast(this.dataset, key, shown.data);
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

  private async loadRegions(layer: LayerName): Promise<void> {
    const overlay = this.overlays[layer];
    const regions =
      layer === 'truth' ? (truthOf(this.dataset)?.regions ?? []) : detectionsOf(this.dataset).map(({ region }) => region);
    overlay.regions = regions;
    try {
      const contours = await ask<OutlinesOutput>('calcium', 'outlines', { regions, ...this.extent } satisfies OutlinesInput);
      if (overlay.regions !== regions || !this.gl.canvas.isConnected) return;
      resources.put(`${this.dataset.id}/outlines/${layer}`, contours, contours.points.byteLength, true);
      overlay.outlines.setContours(contours);
      this.paint();
    } catch (error) {
      reportError(error, 'The outlines cannot be drawn');
    }
  }

  /** Classes, fills and the selection; cheap enough for every move of a slider. */
  private paint(): void {
    const { show, selection } = this.dataset.store.getState();
    for (const layer of LAYERS) {
      const overlay = this.overlays[layer];
      const { classes, selected } = classesFor(this.dataset, layer);
      overlay.styles.setClasses(classes);
      overlay.labels = paintLabels(overlay.regions, this.extent.height, this.extent.width, (region) => classes[region] !== 255);
      if (show.fill) overlay.fill.setLabels(overlay.labels);
      overlay.outlines.setHighlights(
        selection?.layer === layer && selection.index < overlay.regions.length
          ? [{ region: selection.index, kind: selected }]
          : [],
      );
    }
    this.cached.invalidate();
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
      // The movie before its outlines: their programs take a third of a second where there is no graphics card.
      this.phase = 'live';
      requestAnimationFrame(() => {
        mark('first-frame');
        this.loop.invalidate();
      });
      return;
    }
    this.cached.draw(view, (inner) => this.drawOverlays(inner, camera));
  }

  /** Everything at once, for a picture of another size than the screen's. */
  drawInto(view: View, camera: Camera): void {
    this.image.draw(view, camera);
    this.drawOverlays(view, camera);
  }

  private drawOverlays(view: View, camera: Camera): void {
    const { show } = this.dataset.store.getState();
    for (const layer of LAYERS) {
      if (!show[layer]) continue;
      if (show.fill) this.overlays[layer].fill.draw(view, camera);
      this.overlays[layer].outlines.draw(view, camera);
    }
  }
}
