// What lies over the picture on stage: outlines and fills of the truth and the predictions, drawn a slice a frame into a kept
// picture. Follows the data set's store; its parts on the graphics card are made once the first frame is on screen.
import type { Region } from '../../../base/region.ts';
import { complete, type Steps } from '../../../base/steps.ts';
import type { Camera } from '../../../render/camera.ts';
import { parseColour } from '../../../render/colour.ts';
import type { Gl } from '../../../render/context.ts';
import { type CachedOverlay, createCachedOverlay } from '../../../render/layers/cached-overlay.ts';
import { createLabelFillLayer, type LabelFillLayer } from '../../../render/layers/label-fill.ts';
import { createOutlineLayer, type OutlineLayer } from '../../../render/layers/outline.ts';
import { CLASS, createRegionStyles, overlayStyles, type RegionStyles } from '../../../render/layers/region-style.ts';
import { type LabelImage, paintLabels, regionAt } from '../../../render/picking.ts';
import type { View } from '../../../render/view.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { OutlinesInput, OutlinesOutput } from '../shared/score.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { classesFor } from './overlay-classes.ts';
import type { CalciumState, LayerName, Selection } from './store.ts';

interface Overlay {
  readonly styles: RegionStyles;
  readonly outlines: OutlineLayer;
  readonly fill: LabelFillLayer;
  labels: LabelImage | null;
  regions: readonly Region[];
}

const LAYERS: readonly LayerName[] = ['truth', 'predictions'];
/** Lines of the truth are half as wide as those of predictions; CSS px. */
const WIDTHS = { truth: 1, predictions: 2 } as const;

export class StageOverlays {
  private readonly gl: Gl;
  private readonly dataset: CalciumDataset;
  private readonly redraw: () => void;
  private readonly unsubscribe: () => void;
  private readonly cached: CachedOverlay;
  private readonly overlays: Readonly<Record<LayerName, Overlay>>;

  constructor(gl: Gl, dataset: CalciumDataset, redraw: () => void) {
    this.gl = gl;
    this.dataset = dataset;
    this.redraw = redraw;
    this.cached = createCachedOverlay(gl);
    this.overlays = { truth: this.makeOverlay(WIDTHS.truth), predictions: this.makeOverlay(WIDTHS.predictions) };
    this.unsubscribe = dataset.store.subscribe((now, before) => this.follow(now, before));
    for (const layer of LAYERS) void this.loadRegions(layer);
  }

  destroy(): void {
    this.unsubscribe();
  }

  /** The region at an image point, predictions above truth, `reach` px around it; only what is drawn can be picked. */
  pick(row: number, col: number, reach: number): Selection | null {
    for (const layer of ['predictions', 'truth'] as const) {
      const { labels } = this.overlays[layer];
      const index = labels && regionAt(labels, row, col, reach);
      if (index !== null) return { layer, index };
    }
    return null;
  }

  /** Lays the overlays over `view`; what is not drawn yet comes with the next frames. */
  draw(view: View, camera: Camera): void {
    if (!this.cached.draw(view, camera, (inner) => this.steps(inner, camera))) this.redraw();
  }

  /** Draws everything at once, for a picture of another size than the screen's. */
  drawInto(view: View, camera: Camera): void {
    complete(this.steps(view, camera));
  }

  private makeOverlay(width: 1 | 2): Overlay {
    const styles = createRegionStyles(this.gl);
    const computed = getComputedStyle(document.documentElement);
    const token = (name: string) => parseColour(computed.getPropertyValue(name));
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

  private follow(now: CalciumState, before: CalciumState): void {
    const { versions } = now;
    if (versions.predictions !== before.versions.predictions) void this.loadRegions('predictions');
    if (versions.truth !== before.versions.truth) void this.loadRegions('truth');
    const inputs = ['confidence', 'classes', 'show', 'colourBy', 'selection'] as const;
    // Drawing is the costly part without a graphics card, so nothing is drawn that did not change.
    if (inputs.some((name) => now[name] !== before[name]) || versions.score !== before.versions.score) this.paint();
  }

  private async loadRegions(layer: LayerName): Promise<void> {
    const overlay = this.overlays[layer];
    const { height, width } = this.dataset.files.movie;
    const regions =
      layer === 'truth' ? (truthOf(this.dataset)?.regions ?? []) : detectionsOf(this.dataset).map(({ region }) => region);
    overlay.regions = regions;
    try {
      const contours = await ask<OutlinesOutput>('calcium', 'outlines', { regions, height, width } satisfies OutlinesInput);
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
    const { height, width } = this.dataset.files.movie;
    for (const layer of LAYERS) {
      const overlay = this.overlays[layer];
      const { classes, selected } = classesFor(this.dataset, layer);
      overlay.styles.setClasses(classes);
      overlay.labels = paintLabels(overlay.regions, height, width, (region) => classes[region] !== 255);
      if (show.fill) overlay.fill.setLabels(overlay.labels);
      overlay.outlines.setHighlights(
        selection?.layer === layer && selection.index < overlay.regions.length
          ? [{ region: selection.index, kind: selected }]
          : [],
      );
    }
    this.cached.invalidate();
    this.redraw();
  }

  private *steps(view: View, camera: Camera): Steps<void> {
    const { show } = this.dataset.store.getState();
    for (const layer of LAYERS) {
      if (!show[layer]) continue;
      if (show.fill) this.overlays[layer].fill.draw(view, camera);
      yield* this.overlays[layer].outlines.steps(view, camera);
    }
  }
}
