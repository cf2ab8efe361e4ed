// Hands on the picture while a tool is in hand: presses, drags and clicks on the canvas become a sketch, and in the end an edit.
// They are taken before the stage's own hands see them; wheel, middle button and pinch still zoom and pan. Without a tool, Shift
// and a click marks a region, Shift and a drag marks those in a box, and the probe can be dragged.
import { toImage } from '../../../render/camera.ts';
import type { CalciumDataset } from './datasets.ts';
import { brushAlong, cutAlong, drawOutline, growAt, markInside, placeDisc } from './edit-apply.ts';
import { NOTHING, type Sketch } from './edit-sketch.ts';
import type { Probe, ToolName } from './edit-state.ts';
import type { Rectangle } from './find-input.ts';
import { placeProbe } from './probe.ts';
import { redoInside } from './redo-area.ts';
import { toggleMarked } from './selection.ts';
import { brushDiameter, somaDiameter } from './soma.ts';
import type { StagePicture } from './stage-picture.ts';

const CLICK_PX = 4;
/** A click this near to the first corner closes the outline. */
const CLOSE_PX = 8;
/** A curve gets a vertex for every so many CSS px. */
const VERTEX_PX = 2;

type Gesture = ToolName | 'mark';

interface Press {
  readonly gesture: Gesture;
  readonly from: Probe;
  /** CSS px that the pointer has gone. */
  travelled: number;
  x: number;
  y: number;
  line: number[];
}

export class EditHands {
  private readonly dataset: CalciumDataset;
  private readonly picture: StagePicture;
  private readonly sketch: Sketch;
  private readonly canvas: HTMLCanvasElement;
  private readonly abort = new AbortController();
  private press: Press | null = null;
  private corners: number[] = [];
  /** Where the pointer is over the picture; null elsewhere. */
  private at: Probe | null = null;

  constructor(dataset: CalciumDataset, picture: StagePicture, sketch: Sketch) {
    this.dataset = dataset;
    this.picture = picture;
    this.sketch = sketch;
    this.canvas = picture.gl.canvas;
    const { signal } = this.abort;
    const listen = <K extends 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'pointerleave'>(
      type: K,
      run: (event: PointerEvent) => void,
    ) => this.canvas.addEventListener(type, run, { signal });
    listen('pointerdown', (event) => this.down(event));
    listen('pointermove', (event) => this.move(event));
    listen('pointerup', (event) => this.up(event));
    listen('pointercancel', () => this.drop());
    listen('pointerleave', () => this.leave());
    this.canvas.addEventListener('dblclick', (event) => this.doubleClick(event), { signal });
  }

  destroy(): void {
    this.drop();
    this.abort.abort();
  }

  /** Enter: closes an outline, or places what a click would place, at the pointer or in the middle of the view. */
  confirm(): void {
    const { tool } = this.dataset.store.getState().edit;
    const camera = this.picture.view?.camera;
    const at = this.at ?? (camera ? { row: camera.row, col: camera.col } : null);
    if (tool === 'draw' || tool === 'lasso') this.close();
    else if (tool === 'redo') this.redoInView();
    else if (at) this.place(tool, at);
  }

  /** Drops what is being sketched; false where there was nothing. */
  drop(): boolean {
    const had = this.press !== null || this.corners.length > 0;
    this.press = null;
    this.corners = [];
    this.redraw();
    return had;
  }

  removeCorner(): void {
    this.corners.splice(-2);
    this.redraw();
  }

  /** Draws the tool's circle and the sketch anew: the tool, its size or the camera has changed. */
  redraw(): void {
    const { tool, probe } = this.dataset.store.getState().edit;
    const radius = somaDiameter(this.dataset) / 2;
    const brush = brushDiameter(this.dataset) / 2;
    const isBrush = tool === 'paint' || tool === 'erase';
    this.sketch.setTool(isBrush || tool === 'disc' ? this.at : null, isBrush ? brush : radius);
    this.sketch.setProbe(probe, radius);
    this.sketch.show(this.drawn(brush));
  }

  private drawn(brush: number) {
    const { press, corners, at } = this;
    if (press) {
      const { gesture, line, from } = press;
      if (gesture === 'box' || gesture === 'mark' || gesture === 'redo')
        return { ...NOTHING, line: at ? boxOf(from, at) : [], closed: true };
      if (gesture === 'cut') return { ...NOTHING, line: at ? [from.row, from.col, at.row, at.col] : [] };
      if (gesture === 'paint' || gesture === 'erase') return { ...NOTHING, line, radius: brush };
      if (press.travelled > CLICK_PX) return { ...NOTHING, line, closed: gesture === 'lasso' };
    }
    if (corners.length === 0) return NOTHING;
    return { ...NOTHING, line: at ? [...corners, at.row, at.col] : corners, corners };
  }

  private placeOf(event: MouseEvent): Probe | null {
    const view = this.picture.view;
    if (!view) return null;
    const box = this.canvas.getBoundingClientRect();
    return toImage(view.camera, view.box, { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  /** What a press begins; null leaves it to the stage. */
  private gestureOf(event: PointerEvent, at: Probe): Gesture | null {
    if (event.button !== 0) return null;
    const { tool, probe } = this.dataset.store.getState().edit;
    if (tool) return tool;
    if (event.shiftKey || event.ctrlKey || event.metaKey) return 'mark';
    const onProbe = probe && Math.hypot(at.row - probe.row, at.col - probe.col) <= somaDiameter(this.dataset) / 2;
    return onProbe ? 'probe' : null;
  }

  private down(event: PointerEvent): void {
    const at = this.placeOf(event);
    if (this.press) {
      // A second finger: the gesture belongs to the first.
      event.stopPropagation();
      return;
    }
    const gesture = at && this.gestureOf(event, at);
    if (!at || !gesture) return;
    event.stopPropagation();
    this.canvas.setPointerCapture(event.pointerId);
    this.at = at;
    this.press = { gesture, from: at, travelled: 0, x: event.clientX, y: event.clientY, line: [at.row, at.col] };
    if (gesture === 'probe') placeProbe(this.dataset, at);
    this.redraw();
  }

  private move(event: PointerEvent): void {
    const at = this.placeOf(event);
    this.at = at;
    const { press } = this;
    if (press && at) {
      const step = Math.hypot(event.clientX - press.x, event.clientY - press.y);
      if (step >= VERTEX_PX) {
        press.travelled += step;
        press.x = event.clientX;
        press.y = event.clientY;
        press.line.push(at.row, at.col);
        if (press.gesture === 'probe') placeProbe(this.dataset, at);
      }
    }
    this.redraw();
  }

  private up(event: PointerEvent): void {
    const { press } = this;
    if (!press) return;
    event.stopPropagation();
    const at = this.placeOf(event) ?? press.from;
    this.press = null;
    this.at = event.pointerType === 'touch' ? null : at;
    this.finish(press, at);
    this.redraw();
  }

  private leave(): void {
    if (this.press) return;
    this.at = null;
    this.redraw();
  }

  private finish({ gesture, from, travelled, line }: Press, at: Probe): void {
    const { dataset, picture } = this;
    const dragged = travelled > CLICK_PX;
    if (gesture === 'draw' || gesture === 'lasso') {
      if (dragged) this.outline(gesture, line);
      else this.corner(at);
    } else if (gesture === 'mark' && !dragged) {
      const index = picture.predictionAt(at.row, at.col);
      if (index !== null) toggleMarked(dataset, index);
    } else if (gesture === 'box' || gesture === 'mark') void markInside(dataset, picture, boxOf(from, at));
    else if (gesture === 'redo') {
      if (dragged) void redoInside(dataset, rectangleOf(from, at));
    } else if (gesture === 'cut') {
      if (dragged) void cutAlong(dataset, picture, [from.row, from.col, at.row, at.col]);
    } else if (gesture === 'paint' || gesture === 'erase') void brushAlong(dataset, picture, gesture, line);
    else this.place(gesture, at);
  }

  private place(tool: ToolName | null, at: Probe): void {
    if (tool === 'disc') void placeDisc(this.dataset, at.row, at.col);
    else if (tool === 'grow') void growAt(this.dataset, at.row, at.col);
    else if (tool === 'probe') placeProbe(this.dataset, at);
  }

  private redoInView(): void {
    const { view } = this.picture;
    if (!view) return;
    const corner = (x: number, y: number) => toImage(view.camera, view.box, { x, y });
    void redoInside(this.dataset, rectangleOf(corner(0, 0), corner(view.box.width, view.box.height)));
  }

  private corner(at: Probe): void {
    const zoom = this.picture.view?.camera.zoom ?? 1;
    const [row, col] = this.corners;
    const near = row !== undefined && Math.hypot(at.row - row, at.col - col!) * zoom <= CLOSE_PX;
    if (this.corners.length >= 6 && near) this.close();
    else this.corners.push(at.row, at.col);
  }

  private close(): void {
    const { tool } = this.dataset.store.getState().edit;
    const corners = this.corners;
    if (corners.length < 6 || (tool !== 'draw' && tool !== 'lasso')) return;
    this.corners = [];
    this.outline(tool, corners);
    this.redraw();
  }

  private outline(tool: 'draw' | 'lasso', vertices: readonly number[]): void {
    if (tool === 'draw') void drawOutline(this.dataset, vertices);
    else void markInside(this.dataset, this.picture, vertices);
  }

  private doubleClick(event: MouseEvent): void {
    if (!this.dataset.store.getState().edit.tool) return;
    event.stopPropagation();
    this.close();
  }
}

/** The whole pixels of the box between two places. */
function rectangleOf(a: Probe, b: Probe): Rectangle {
  const [top, left] = [Math.floor(Math.min(a.row, b.row)), Math.floor(Math.min(a.col, b.col))];
  const [end, last] = [Math.ceil(Math.max(a.row, b.row)), Math.ceil(Math.max(a.col, b.col))];
  return { top, left, height: end - top, width: last - left };
}

/** The four corners of the box between two places. */
function boxOf(a: Probe, b: Probe): number[] {
  return [a.row, a.col, a.row, b.col, b.row, b.col, b.row, a.col];
}
