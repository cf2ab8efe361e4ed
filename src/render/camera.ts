// Pan and zoom of an image in a box. Image coordinates: row down, column right, pixel (r, c) covers [r, r+1) × [c, c+1).
// Screen coordinates: CSS px from the box's top left, y down. All functions are pure; a camera is plain and serialisable.
import { type View, viewportOf } from './view.ts';

export interface Camera {
  /** Image coordinates at the centre of the box. */
  readonly row: number;
  readonly col: number;
  /** CSS px per image px. */
  readonly zoom: number;
}

export interface Size {
  readonly height: number;
  readonly width: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const MAX_ZOOM = 64;

/** The whole image, as large as the box allows with `margin` CSS px around it. */
export function fitCamera(image: Size, box: Size, margin = 0): Camera {
  const zoom = Math.min((box.width - 2 * margin) / image.width, (box.height - 2 * margin) / image.height);
  return { row: image.height / 2, col: image.width / 2, zoom: Math.min(MAX_ZOOM, Math.max(1e-3, zoom)) };
}

/** Image coordinates (fractional) under a screen point. */
export function toImage(camera: Camera, box: Size, at: Point): { row: number; col: number } {
  return { row: camera.row + (at.y - box.height / 2) / camera.zoom, col: camera.col + (at.x - box.width / 2) / camera.zoom };
}

/** Moves the picture with the pointer: `dx`, `dy` in CSS px. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, row: camera.row - dy / camera.zoom, col: camera.col - dx / camera.zoom };
}

/** Multiplies the zoom by `factor`; the image point under the cursor stays there. `minZoom` as from `clampCamera`. */
export function zoomAt(camera: Camera, box: Size, cursor: Point, factor: number, minZoom = 1e-3): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(minZoom, camera.zoom * factor));
  const { row, col } = toImage(camera, box, cursor);
  return { row: row - (cursor.y - box.height / 2) / zoom, col: col - (cursor.x - box.width / 2) / zoom, zoom };
}

/** Half of the fitting zoom: further out there is nothing to see. */
export function minZoomOf(image: Size, box: Size): number {
  return Math.min(1, fitCamera(image, box).zoom / 2);
}

/** Keeps the zoom within limits and the centre of the box on the image. */
export function clampCamera(camera: Camera, image: Size, box: Size): Camera {
  return {
    row: Math.min(image.height, Math.max(0, camera.row)),
    col: Math.min(image.width, Math.max(0, camera.col)),
    zoom: Math.min(MAX_ZOOM, Math.max(minZoomOf(image, box), camera.zoom)),
  };
}

/** Device px per image px, and where the image's top left lies in the viewport (device px, y down). */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** The image's corner is snapped to a whole device px, so that pixel edges are crisp at any pixel ratio and size of box. */
export function placementOf(camera: Camera, view: View): Placement {
  const { width, height } = viewportOf(view);
  const scale = camera.zoom * view.pixelRatio;
  return { scale, left: Math.round(width / 2 - camera.col * scale), top: Math.round(height / 2 - camera.row * scale) };
}
