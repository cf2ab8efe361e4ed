// The hands on the pictures: wheel goes through slices (Shift by ten, Ctrl zooms) as in neuroglancer, drag moves, click puts the
// crosshair, right drag sets the contrast, two fingers pinch; with a tool chosen, drag paints and click measures.
import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { Triple } from '../../../base/volume.ts';
import type { Point } from '../../../render/camera.ts';
import { PLANE_AXES } from '../shared/planes.ts';
import { labelAt } from './bricks.ts';
import { setContrast } from './contrast.ts';
import { codeFor, type VolumeDataset } from './datasets.ts';
import { goTo, step } from './move.ts';
import type { Hover } from './overlay-draw.ts';
import type { StagePicture } from './stage-picture.ts';
import type { PanelName } from './stage-places.ts';
import { shownLayer } from './store.ts';
import { Stroke } from './stroke.ts';

export interface HandTarget {
  readonly dataset: VolumeDataset;
  readonly picture: () => StagePicture | null;
  readonly hover: (hover: Hover | null) => void;
}

const CLICK_PX = 4;
const FAST = 10;
/** Share of the contrast range that a drag of one CSS px changes. */
const CONTRAST_STEP = 1 / 300;
const TURN_STEP = 0.008;

export function useHands(panel: PanelName, canvas: RefObject<HTMLCanvasElement | null>, target: HandTarget) {
  const pointers = useRef(new Map<number, Point>());
  const travelled = useRef(0);
  const stroke = useRef<Stroke | null>(null);
  const swiping = useRef(false);
  const { dataset, picture, hover } = target;

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const at = pointOf(event, event.currentTarget as Element);
    if (panel === '3d') return zoomTurn(dataset, Math.exp(-event.deltaY * 0.0015));
    if (event.ctrlKey || event.metaKey) return picture()?.zoomBy(panel, Math.exp(-event.deltaY * 0.005), at);
    // With Shift, browsers turn the wheel sideways.
    const delta = event.deltaY || event.deltaX;
    if (delta !== 0) step(dataset, PLANE_AXES[panel].across as 0 | 1 | 2, Math.sign(delta) * (event.shiftKey ? FAST : 1));
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => onWheel(event);
    const menu = (event: Event) => event.preventDefault();
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('contextmenu', menu);
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('contextmenu', menu);
    };
  }, [canvas]);

  const voxelAt = (at: Point): Triple | null => {
    const under = panel === '3d' ? undefined : picture()?.under(panel, at);
    return under?.inside ? under.voxel : null;
  };
  const isPainting = () => ['scribble', 'paint', 'erase'].includes(dataset.store.getState().tool);

  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      const at = pointOf(event, event.currentTarget);
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, at);
      if (pointers.current.size > 1) return;
      travelled.current = 0;
      if (panel === '3d') return;
      dataset.store.setState({ plane: panel });
      const { swipe } = dataset.store.getState();
      const width = event.currentTarget.clientWidth;
      swiping.current = swipe !== null && Math.abs(at.x - swipe * width) < 8;
      if (event.button === 0 && isPainting() && !swiping.current) {
        stroke.current = Stroke.begin(dataset, panel);
        const voxel = voxelAt(at);
        if (voxel) stroke.current?.to(voxel);
      }
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      const at = pointOf(event, event.currentTarget);
      hover({ panel, at });
      if (!pointers.current.has(event.pointerId)) highlight(dataset, voxelAt(at));
      const before = pointers.current.get(event.pointerId);
      if (!before) return;
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      pointers.current.set(event.pointerId, at);
      const [dx, dy] = [at.x - before.x, at.y - before.y];
      travelled.current += Math.hypot(dx, dy);
      if (other) {
        const distance = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y);
        const factor = distance(at) / Math.max(1, distance(before));
        if (panel === '3d') zoomTurn(dataset, factor);
        else picture()?.zoomBy(panel, factor, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
        travelled.current = Number.POSITIVE_INFINITY;
        return;
      }
      if (panel === '3d') turnBy(dataset, dx, dy);
      else if (stroke.current) {
        const voxel = voxelAt(at);
        if (voxel) stroke.current.to(voxel);
      } else if (swiping.current) {
        dataset.store.setState({ swipe: Math.min(1, Math.max(0, at.x / event.currentTarget.clientWidth)) });
      } else if (event.buttons & 2) windowBy(dataset, dx, dy);
      else if (travelled.current > CLICK_PX) picture()?.panBy(panel, dx, dy);
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
      const wasDown = pointers.current.delete(event.pointerId);
      stroke.current?.end();
      const painted = stroke.current !== null;
      stroke.current = null;
      if (!wasDown || painted || swiping.current || travelled.current > CLICK_PX || event.button !== 0) return;
      const voxel = voxelAt(pointOf(event, event.currentTarget));
      if (voxel) click(dataset, voxel);
    },
    onPointerCancel: (event: PointerEvent<HTMLCanvasElement>) => {
      pointers.current.delete(event.pointerId);
      stroke.current?.end();
      stroke.current = null;
    },
    onPointerLeave: () => {
      hover(null);
      highlight(dataset, null);
    },
    onDoubleClick: () => {
      if (panel !== '3d' && !isPainting()) dataset.store.setState({ camera: null });
    },
  };
}

/** The class under the cursor stands out. */
function highlight(dataset: VolumeDataset, voxel: Triple | null): void {
  const { store } = dataset;
  const at = voxel?.map(Math.floor) as Triple | undefined;
  const layer = at && (shownLayer(store.getState(), 'prediction') ?? shownLayer(store.getState(), 'truth'));
  const label = layer ? (labelAt(dataset, layer, at) ?? 0) : 0;
  const code = layer && label !== 0 ? codeFor(dataset, layer, label) : null;
  if (store.getState().highlight !== code) store.setState({ highlight: code });
}

/** Puts the crosshair, or the next point of the ruler or the angle. */
function click(dataset: VolumeDataset, voxel: Triple): void {
  const { tool, measure } = dataset.store.getState();
  if (tool !== 'ruler' && tool !== 'angle') {
    goTo(dataset, voxel);
    return;
  }
  const most = tool === 'ruler' ? 2 : 3;
  dataset.store.setState({ measure: measure.length >= most ? [voxel] : [...measure, voxel] });
}

/** Sideways changes the width of the window, up and down its level. */
function windowBy(dataset: VolumeDataset, dx: number, dy: number): void {
  const { contrast } = dataset.store.getState();
  if (!contrast) return;
  const { low, high } = contrast;
  const span = high - low;
  const width = Math.max(span * 0.01, span * (1 + dx * CONTRAST_STEP * 2));
  const level = (low + high) / 2 + dy * CONTRAST_STEP * span;
  setContrast(dataset, { low: level - width / 2, high: level + width / 2, locked: true });
}

function turnBy({ store }: VolumeDataset, dx: number, dy: number): void {
  const { turn } = store.getState();
  const pitch = Math.min(Math.PI / 2, Math.max(-Math.PI / 2, turn.pitch + dy * TURN_STEP));
  store.setState({ turn: { ...turn, yaw: turn.yaw + dx * TURN_STEP, pitch } });
}

function zoomTurn({ store }: VolumeDataset, factor: number): void {
  const { turn } = store.getState();
  store.setState({ turn: { ...turn, zoom: Math.min(6, Math.max(0.2, turn.zoom * factor)) } });
}

function pointOf(event: { clientX: number; clientY: number }, element: Element): Point {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
