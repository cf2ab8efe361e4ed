// What lies over the picture on stage: the truth, the current predictions and the other layers that are shown, drawn a slice at a
// time into a kept picture. Follows the data set's store; its parts on the graphics card are made once the first frame is on
// screen.
import type { Region } from '../../../base/region.ts';
import { complete, type Steps } from '../../../base/steps.ts';
import type { Camera } from '../../../render/camera.ts';
import type { Gl } from '../../../render/context.ts';
import { type CachedOverlay, createCachedOverlay } from '../../../render/layers/cached-overlay.ts';
import { CLASS } from '../../../render/layers/region-style.ts';
import type { View } from '../../../render/view.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { type CalciumDataset, detectionsOf, layerList, truthOf } from './datasets.ts';
import { stylesOf } from './layer-looks.ts';
import { type LayerColour, layerOf } from './layer-set.ts';
import { classesFor } from './overlay-classes.ts';
import { RegionOverlay } from './region-overlay.ts';
import type { CalciumState, LayerName, Selection } from './store.ts';

const LAYERS: readonly LayerName[] = ['truth', 'predictions'];
/** What says how regions are drawn, besides the arrays. */
const INPUTS = [
  'confidence',
  'classes',
  'show',
  'colourBy',
  'selection',
  'layers',
  'currentLayer',
  'difference',
  'differenceShown',
] as const;
const EDITS = ['marked', 'scope', 'ranges', 'measure'] as const;
/** What changes which lists are drawn and how, whatever the classes of their regions. */
const ALL_ANEW = ['show', 'difference', 'layers', 'currentLayer'] as const;

export class StageOverlays {
  private readonly gl: Gl;
  private readonly dataset: CalciumDataset;
  private readonly unsubscribe: () => void;
  private readonly cached: CachedOverlay;
  private readonly overlays: Readonly<Record<LayerName, RegionOverlay>>;
  /** Layers other than the current one, by id. */
  private readonly others = new Map<string, RegionOverlay>();

  constructor(gl: Gl, dataset: CalciumDataset, redraw: () => void) {
    const { movie } = dataset.files;
    this.gl = gl;
    this.dataset = dataset;
    this.cached = createCachedOverlay(gl, redraw);
    this.overlays = { truth: new RegionOverlay(gl, movie), predictions: new RegionOverlay(gl, movie) };
    this.unsubscribe = dataset.store.subscribe((now, before) => this.follow(now, before));
    this.loadAll();
    this.paint(true);
  }

  destroy(): void {
    this.unsubscribe();
    this.cached.destroy();
  }

  /** The region at an image point, predictions above truth, `reach` px around it; only what is drawn can be picked. */
  pick(row: number, col: number, reach: number): Selection | null {
    for (const layer of ['predictions', 'truth'] as const) {
      const index = this.overlays[layer].pick(row, col, reach);
      if (index !== null) return { layer, index };
    }
    return null;
  }

  /** The prediction that covers a place of the image; null for none that is drawn. */
  predictionAt(row: number, col: number): number | null {
    return this.overlays.predictions.pick(row, col, 0);
  }

  isPredictionShown(index: number): boolean {
    return this.overlays.predictions.isShown(index);
  }

  /** Lays the overlays over `view`; what is not drawn yet comes with the next frames. */
  draw(view: View, camera: Camera): void {
    this.cached.draw(view, camera, (inner) => this.steps(inner, camera));
  }

  /** Draws everything at once, for a picture of another size than the screen's. */
  drawInto(view: View, camera: Camera): void {
    complete(this.steps(view, camera));
  }

  private follow(now: CalciumState, before: CalciumState): void {
    const { versions } = now;
    const old = before.versions;
    // An overlay that has its list already does not load it again.
    if (versions.predictions !== old.predictions || versions.truth !== old.truth || versions.layers !== old.layers)
      this.loadAll();
    else if (now.difference !== before.difference || now.show !== before.show) this.loadAll();
    // Drawing is the costly part without a graphics card, so nothing is drawn that did not change.
    if (
      INPUTS.some((name) => now[name] !== before[name]) ||
      EDITS.some((name) => now.edit[name] !== before.edit[name]) ||
      versions.measures !== old.measures ||
      versions.score !== old.score ||
      versions.compare !== old.compare ||
      versions.layers !== old.layers
    )
      this.paint(ALL_ANEW.some((name) => now[name] !== before[name]) || versions.layers !== old.layers);
  }

  private loadAll(): void {
    const { dataset } = this;
    const truth = truthOf(dataset)?.regions ?? NONE;
    void this.load(this.overlays.truth, truth, () => truth, 'truth');
    const current = detectionsOf(dataset);
    void this.load(this.overlays.predictions, current, () => current.map(({ region }) => region), 'predictions');
    const wanted = shownBeside(dataset.store.getState());
    for (const [id, overlay] of this.others) {
      if (wanted.includes(id)) continue;
      overlay.destroy();
      this.others.delete(id);
    }
    for (const id of wanted) {
      const overlay = this.others.get(id) ?? new RegionOverlay(this.gl, dataset.files.movie);
      this.others.set(id, overlay);
      const list = layerList(dataset, id);
      void this.load(overlay, list, () => list.map(({ region }) => region));
    }
  }

  private async load(overlay: RegionOverlay, list: object, regions: () => readonly Region[], keepAs?: LayerName): Promise<void> {
    try {
      const contours = await overlay.load(list, regions);
      if (!contours || !this.gl.canvas.isConnected) return;
      if (keepAs) resources.put(`${this.dataset.id}/outlines/${keepAs}`, contours, contours.points.byteLength, true);
      this.paint(true);
    } catch (error) {
      reportError(error, 'The outlines cannot be drawn');
    }
  }

  /** Classes, fills and the selection; cheap enough for every move of a slider. Lines are drawn again only where one looks different. */
  private paint(isAnew: boolean): void {
    const { dataset } = this;
    const state = dataset.store.getState();
    const { selection, difference } = state;
    let isChanged = isAnew;
    const note = (changed: boolean) => {
      isChanged ||= changed;
    };
    // Lines of the truth are half as wide as those of predictions, but for a comparison, where the two are equals.
    const look = (overlay: RegionOverlay, colour: LayerColour, width: 1 | 2) =>
      note(overlay.setLook(`${colour} ${width}`, () => stylesOf(colour, width)));
    look(this.overlays.truth, 'white', difference ? 2 : 1);
    look(this.overlays.predictions, layerOf(state, state.currentLayer)?.colour ?? 'white', 2);
    for (const layer of LAYERS) {
      const overlay = this.overlays[layer];
      note(overlay.setClasses(classesFor(dataset, layer === 'truth' ? layer : null)));
      note(overlay.highlight(selection?.layer === layer ? selection.index : null, CLASS.selected));
    }
    for (const [id, overlay] of this.others) {
      look(overlay, layerOf(state, id)?.colour ?? 'white', 2);
      note(overlay.setClasses(classesFor(dataset, id)));
    }
    if (isChanged) this.cached.invalidate();
  }

  private *steps(view: View, camera: Camera): Steps<void> {
    const { show, difference } = this.dataset.store.getState();
    if (show.truth || difference) yield* this.overlays.truth.steps(view, camera, show.fill);
    for (const overlay of this.others.values()) yield* overlay.steps(view, camera, show.fill && difference !== null);
    if (show.predictions || difference) yield* this.overlays.predictions.steps(view, camera, show.fill);
  }
}

const NONE: readonly never[] = [];

/** Layers besides the current one that are on the picture: those of a comparison, else those that are switched on. */
export function shownBeside({ layers, currentLayer, difference, show }: CalciumState): string[] {
  return layers
    .filter(({ id, visible }) =>
      id === currentLayer ? false : difference ? id === difference.a || id === difference.b : visible && show.predictions,
    )
    .map(({ id }) => id);
}
