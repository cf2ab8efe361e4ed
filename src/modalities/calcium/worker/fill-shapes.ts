// Drawn shapes as regions of a frame: filled, cut at its edges, and checked for lying on it at all.
import { type ErrorPlace, SomascopeError } from '../../../base/errors.ts';
import { grouped } from '../../../base/number-format.ts';
import type { Region } from '../../../base/region.ts';
import type { RoiShape } from '../../../formats/imagej-roi/index.ts';
import { fillOval, fillPaths } from '../../../pipeline/roi/fill.ts';
import type { BadRegion } from '../shared/info.ts';
import { type Frame, refuseMisfit } from './layer-fit.ts';

export interface FilledShape {
  readonly index: number;
  readonly name?: string;
  readonly shape: RoiShape;
}

export interface Filled {
  readonly regions: readonly Region[];
  /** Per region its place in the list of shapes. */
  readonly kept: readonly number[];
  readonly bad: readonly BadRegion[];
  readonly warnings: readonly string[];
}

/** A layer of more pixels than this is no list of cells. */
const MOST_PIXELS = 20_000_000;

/** Throws Invalid with both sizes where the shapes lie outside the frame, Unsafe for more than 20 million pixels. */
export function fillShapes(shapes: readonly FilledShape[], frame: Frame, place: ErrorPlace): Filled {
  const { height, width } = frame;
  const regions: Region[] = [];
  const kept: number[] = [];
  const bad: BadRegion[] = [];
  let [outside, cut, pixels] = [0, 0, 0];
  const reach = { height: 0, width: 0 };
  shapes.forEach(({ shape, index, name }, i) => {
    const box = boxOf(shape);
    reach.height = Math.max(reach.height, Math.ceil(box.bottom));
    reach.width = Math.max(reach.width, Math.ceil(box.right));
    const isOutside = box.bottom <= 0 || box.right <= 0 || box.top >= height || box.left >= width;
    const region = isOutside
      ? null
      : shape.kind === 'oval'
        ? fillOval(shape, height, width)
        : fillPaths(shape.paths, height, width);
    if (isOutside) outside++;
    if (!region || region.points.length === 0) {
      const reason = isOutside ? `lies outside the image of ${height} rows × ${width} columns` : 'encloses no pixel centre';
      bad.push({ index, ...(name !== undefined && { name }), reason });
      return;
    }
    if (box.top < 0 || box.left < 0 || box.bottom > height || box.right > width) cut++;
    pixels += region.points.length / 2;
    if (pixels > MOST_PIXELS) throw new SomascopeError('Unsafe', `It holds more than ${grouped(MOST_PIXELS)} pixels.`, place);
    regions.push(region);
    kept.push(i);
  });
  refuseMisfit(outside, shapes.length, reach, frame, place);
  const warnings = cut === 0 ? [] : [`${cut === 1 ? '1 was' : `${cut} were`} cut at the edge of the image.`];
  return { regions, kept, bad, warnings };
}

function boxOf(shape: RoiShape): { top: number; left: number; bottom: number; right: number } {
  if (shape.kind === 'oval') {
    const { top, left, height, width } = shape;
    return { top, left, bottom: top + height, right: left + width };
  }
  const box = { top: Infinity, left: Infinity, bottom: -Infinity, right: -Infinity };
  for (const path of shape.paths) {
    for (let i = 0; i < path.length; i += 2) {
      box.top = Math.min(box.top, path[i]!);
      box.bottom = Math.max(box.bottom, path[i]!);
      box.left = Math.min(box.left, path[i + 1]!);
      box.right = Math.max(box.right, path[i + 1]!);
    }
  }
  return box;
}
