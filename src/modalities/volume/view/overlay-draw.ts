// What lies over the pictures as lines: crosshair, ruler and angle, the brush, the box of the 3-D panel with its slices.

import { fixed } from '../../../base/number-format.ts';
import type { Triple } from '../../../base/volume.ts';
import { type Point, placementOf } from '../../../render/camera.ts';
import { projectPoint } from '../../../render/layers/volume.ts';
import { PLANE_AXES, type PlaneName } from '../shared/planes.ts';
import { shownRange, type VolumeDataset } from './datasets.ts';
import { cutShares } from './move.ts';
import type { StagePicture } from './stage-picture.ts';
import type { PanelName } from './stage-places.ts';

const GAP = 9;
const CASING: readonly (readonly [style: string, width: number])[] = [
  ['rgb(0 0 0 / 0.55)', 3],
  ['rgb(255 255 255 / 0.85)', 1],
];

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Pointer over a panel, CSS px, and how wide the brush is there. */
export interface Hover {
  readonly panel: PanelName;
  readonly at: Point;
}

/** Draws the lines of a panel on a pen whose unit is a CSS px and whose origin is the panel's corner. */
export function drawOverlay(
  pen: Pen,
  dataset: VolumeDataset,
  picture: StagePicture,
  panel: PanelName,
  hover: Hover | null,
): void {
  const box = picture.boxOf(panel);
  if (!box) return;
  if (panel === '3d') {
    drawBox(pen, dataset, box);
    return;
  }
  const toPoint = pointIn(dataset, picture, panel);
  if (!toPoint) return;
  const { crosshair, position, swipe, tool, measure, brushSize, tilt } = dataset.store.getState();
  const isTilted = panel === 'xy' && (tilt.across !== 0 || tilt.down !== 0);
  if (crosshair && !isTilted) drawCross(pen, toPoint(position.map((at) => at + 0.5) as unknown as Triple), box);
  if (swipe !== null)
    stroke(pen, [
      [
        { x: swipe * box.width, y: 0 },
        { x: swipe * box.width, y: box.height },
      ],
    ]);
  if (measure.length > 0) drawMeasure(pen, dataset, measure, toPoint);
  if (hover?.panel === panel && (tool === 'scribble' || tool === 'paint' || tool === 'erase')) {
    const camera = picture.cameraOf(panel);
    const radius = ((camera?.zoom ?? 1) * brushSize * picture.unit()[PLANE_AXES[panel].col]!) / 2;
    circle(pen, hover.at, radius);
  }
}

/** Where a voxel lies in a slice panel, CSS px from its corner. */
export function pointIn(dataset: VolumeDataset, picture: StagePicture, plane: PlaneName): ((voxel: Triple) => Point) | null {
  const box = picture.boxOf(plane);
  const camera = picture.cameraOf(plane);
  if (!box || !camera) return null;
  const unit = picture.unit();
  const { row, col } = PLANE_AXES[plane];
  const { from } = shownRange(dataset);
  const { scale, left, top } = placementOf(camera, { box, pixelRatio: 1, targetHeight: 0 });
  const place = (voxel: Triple, axis: number) => (voxel[axis]! - (axis === 0 ? from : 0)) * unit[axis]!;
  return (voxel) => ({ x: left + place(voxel, col) * scale, y: top + place(voxel, row) * scale });
}

function stroke(pen: Pen, lines: readonly (readonly Point[])[]): void {
  for (const [style, width] of CASING) {
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.beginPath();
    for (const [first, ...rest] of lines) {
      if (first) pen.moveTo(first.x, first.y);
      for (const { x, y } of rest) pen.lineTo(x, y);
    }
    pen.stroke();
  }
}

function circle(pen: Pen, { x, y }: Point, radius: number): void {
  for (const [style, width] of CASING) {
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(x, y, Math.max(1.5, radius), 0, 2 * Math.PI);
    pen.stroke();
  }
}

function drawCross(pen: Pen, at: Point, { width, height }: { width: number; height: number }): void {
  const [x, y] = [Math.round(at.x) + 0.5, Math.round(at.y) + 0.5];
  stroke(pen, [
    [
      { x, y: 0 },
      { x, y: y - GAP },
    ],
    [
      { x, y: y + GAP },
      { x, y: height },
    ],
    [
      { x: 0, y },
      { x: x - GAP, y },
    ],
    [
      { x: x + GAP, y },
      { x: width, y },
    ],
  ]);
}

/** Micrometres between two voxels. */
export function lengthOf(a: Triple, b: Triple, voxelSize: Triple): number {
  return Math.hypot(...a.map((at, axis) => (at - b[axis]!) * voxelSize[axis]!));
}

/** Degrees at `corner`. */
export function angleAt(corner: Triple, a: Triple, b: Triple, voxelSize: Triple): number {
  const arm = (to: Triple) => to.map((at, axis) => (at - corner[axis]!) * voxelSize[axis]!);
  const [u, v] = [arm(a), arm(b)];
  const dot = u.reduce((sum, one, axis) => sum + one * v[axis]!, 0);
  const lengths = Math.hypot(...u) * Math.hypot(...v);
  return lengths === 0 ? Number.NaN : (Math.acos(Math.min(1, Math.max(-1, dot / lengths))) * 180) / Math.PI;
}

function drawMeasure(pen: Pen, dataset: VolumeDataset, points: readonly Triple[], toPoint: (voxel: Triple) => Point): void {
  const { voxelSize, voxelKnown } = dataset.store.getState();
  const drawn = points.map(toPoint);
  stroke(pen, [drawn]);
  for (const point of drawn) circle(pen, point, 3);
  const last = drawn.at(-1)!;
  const [a, b, c] = points;
  const unit = voxelKnown ? 'µm' : 'voxels';
  // Three points are an angle; two are a ruler, or the first arm of an angle.
  const length = a && b ? `${fixed(lengthOf(a, b, voxelSize), 1)} ${unit}` : '';
  const text = a && b && c ? `${fixed(angleAt(b, a, c, voxelSize), 1)}°` : length;
  if (text) writeText(pen, text, last.x + 10, last.y - 10);
}

function writeText(pen: Pen, text: string, x: number, y: number): void {
  pen.font = '12px sans-serif';
  pen.textBaseline = 'middle';
  const { width } = pen.measureText(text);
  pen.fillStyle = 'rgb(0 0 0 / 0.72)';
  pen.fillRect(x - 4, y - 10, width + 8, 20);
  pen.fillStyle = '#fff';
  pen.fillText(text, x, y);
}

const EDGES = [
  [0, 1],
  [1, 3],
  [3, 2],
  [2, 0],
  [4, 5],
  [5, 7],
  [7, 6],
  [6, 4],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
] as const;

function drawBox(pen: Pen, dataset: VolumeDataset, box: { width: number; height: number }): void {
  const { turn, voxelSize, slicesIn3d } = dataset.store.getState();
  const { from, to } = shownRange(dataset);
  const counts: Triple = [to - from, dataset.shape[1], dataset.shape[2]];
  const extent = counts.map((n, axis) => n * voxelSize[axis]!) as unknown as Triple;
  const at = (x: number, y: number, z: number) => projectPoint([x, y, z], extent, turn, box);
  const corners = Array.from({ length: 8 }, (_, i) => at(i & 1, (i >> 1) & 1, i >> 2));
  pen.lineWidth = 1;
  pen.strokeStyle = 'rgb(190 190 190 / 0.4)';
  pen.beginPath();
  for (const [a, b] of EDGES) {
    pen.moveTo(corners[a]!.x, corners[a]!.y);
    pen.lineTo(corners[b]!.x, corners[b]!.y);
  }
  pen.stroke();
  const [x, y, z] = cutShares(dataset);
  const rims = [
    [at(0, 0, z), at(1, 0, z), at(1, 1, z), at(0, 1, z)],
    [at(0, y, 0), at(1, y, 0), at(1, y, 1), at(0, y, 1)],
    [at(x, 0, 0), at(x, 1, 0), at(x, 1, 1), at(x, 0, 1)],
  ];
  pen.fillStyle = 'rgb(255 255 255 / 0.06)';
  pen.strokeStyle = 'rgb(255 255 255 / 0.9)';
  for (const rim of slicesIn3d ? rims : rims.slice(0, 1)) {
    pen.beginPath();
    for (const corner of rim) pen.lineTo(corner.x, corner.y);
    pen.closePath();
    if (!slicesIn3d) pen.fill();
    pen.stroke();
  }
  circle(pen, at(x, y, z), 3);
}
