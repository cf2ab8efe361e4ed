// One list of regions over the picture: outlines, fill, and labels to pick from, in one style per region.
import type { Region } from '../../../base/region.ts';
import type { Steps } from '../../../base/steps.ts';
import type { Camera } from '../../../render/camera.ts';
import type { Gl } from '../../../render/context.ts';
import { createLabelFillLayer, type LabelFillLayer } from '../../../render/layers/label-fill.ts';
import { createOutlineLayer, type OutlineLayer } from '../../../render/layers/outline.ts';
import { createRegionStyles, HIDDEN, type RegionStyle, type RegionStyles } from '../../../render/layers/region-style.ts';
import { type LabelImage, paintLabels, regionAt } from '../../../render/picking.ts';
import type { View } from '../../../render/view.ts';
import { ask } from '../../../workers/client.ts';
import type { OutlinesInput, OutlinesOutput } from '../shared/score.ts';

interface Extent {
  readonly height: number;
  readonly width: number;
}

/** A list is never changed, so its outlines are computed once, however often it comes back. */
const known = new WeakMap<object, Promise<OutlinesOutput>>();

function contoursOf(list: object, regions: readonly Region[], { height, width }: Extent): Promise<OutlinesOutput> {
  const found = known.get(list);
  if (found) return found;
  const made = ask<OutlinesOutput>('calcium', 'outlines', { regions, height, width } satisfies OutlinesInput);
  known.set(list, made);
  made.catch(() => known.delete(list));
  return made;
}

function isSame(a: Uint8Array, b: Uint8Array | null): boolean {
  return b !== null && a.length === b.length && a.every((value, i) => value === b[i]);
}

export class RegionOverlay {
  private readonly extent: Extent;
  private readonly styles: RegionStyles;
  private readonly outlines: OutlineLayer;
  private readonly fill: LabelFillLayer;
  private list: object | null = null;
  private regions: readonly Region[] = [];
  /** Those whose outlines are in place. */
  private outlined: readonly Region[] | null = null;
  private labels: LabelImage | null = null;
  private classes: Uint8Array<ArrayBuffer> | null = null;
  /** Those that the labels were painted of. */
  private labelled: readonly Region[] | null = null;
  private look = '';
  private highlighted = '';

  constructor(gl: Gl, extent: Extent) {
    this.extent = extent;
    this.styles = createRegionStyles(gl);
    this.outlines = createOutlineLayer(gl, this.styles);
    this.fill = createLabelFillLayer(gl, this.styles);
  }

  destroy(): void {
    this.list = null;
    this.outlines.destroy();
    this.fill.destroy();
    this.styles.destroy();
  }

  /** Takes the regions of `list`; resolves to their outlines once these are in place, to null where others came meanwhile. */
  async load(list: object, regions: () => readonly Region[]): Promise<OutlinesOutput | null> {
    if (this.list === list) return null;
    this.list = list;
    this.regions = regions();
    // Judging regions moves none: another list of the same regions has the same outlines.
    if (this.outlined && this.outlined.length === this.regions.length && this.outlined.every((one, i) => one === this.regions[i]))
      return null;
    const contours = await contoursOf(list, this.regions, this.extent);
    if (this.list !== list) return null;
    this.outlines.setContours(contours);
    this.outlined = this.regions;
    return contours;
  }

  /** `key` stands for the styles. Like all that follow it tells whether anything looks different now: the same again costs nothing. */
  setLook(key: string, styles: () => readonly RegionStyle[]): boolean {
    if (key === this.look) return false;
    this.look = key;
    this.styles.setStyles(styles());
    return true;
  }

  setClasses(classes: Uint8Array<ArrayBuffer>): boolean {
    if (this.labelled === this.regions && isSame(classes, this.classes)) return false;
    const { height, width } = this.extent;
    this.classes = classes;
    this.labelled = this.regions;
    this.styles.setClasses(classes);
    this.labels = paintLabels(this.regions, height, width, (region) => classes[region] !== HIDDEN);
    return true;
  }

  /** Draws one region above all others in the style `kind`; null for none. */
  highlight(region: number | null, kind: number): boolean {
    const wanted = region !== null && region < this.regions.length ? [{ region, kind }] : [];
    const key = JSON.stringify(wanted);
    if (key === this.highlighted) return false;
    this.highlighted = key;
    this.outlines.setHighlights(wanted);
    return true;
  }

  pick(row: number, col: number, reach: number): number | null {
    return this.labels && regionAt(this.labels, row, col, reach);
  }

  isShown(region: number): boolean {
    return this.styles.isShown(region);
  }

  *steps(view: View, camera: Camera, filled: boolean): Steps<void> {
    if (filled && this.labels) {
      this.fill.setLabels(this.labels);
      this.fill.draw(view, camera);
    }
    yield* this.outlines.steps(view, camera);
  }
}
