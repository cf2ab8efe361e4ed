// Neuropil masks as suite2p draws them: around each region, leaving out the pixels of every region and a margin of 2 pixels
// around its own, the bounding box grows by 5 pixels a step until it holds more than 350 free pixels (at most 100 steps).

import type { Region } from '../../base/region.ts';
import { regionPixels } from './region-traces.ts';

export interface NeuropilOptions {
  /** Width of the margin around the region in pixels. */
  readonly margin?: number;
  readonly minPixels?: number;
}

const STEP = 5;
const MOST_STEPS = 100;

/** Half-open rows and columns. */
interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Pixels (row × width + column, ascending) of the neuropil of each region; empty where nothing is free or the region is empty. */
export function neuropilMasks(
  regions: readonly Region[],
  height: number,
  width: number,
  { margin = 2, minPixels = 350 }: NeuropilOptions = {},
): Int32Array<ArrayBuffer>[] {
  const lists = regions.map((region) => regionPixels(region, height, width));
  const taken = new Uint8Array(height * width);
  for (const list of lists) for (const pixel of list) taken[pixel] = 1;
  const freeIn = countFree(taken, height, width);
  return lists.map((list) => {
    if (list.length === 0) return new Int32Array(0);
    const own = dilate(list, margin, height, width);
    let ring = 0;
    for (const pixel of own) if (!taken[pixel]) ring++;
    let box = boundingBox(own, width);
    for (let step = 0; step < MOST_STEPS && (step === 0 || freeIn(box) - ring <= minPixels); step++)
      box = grow(box, height, width);
    const pixels: number[] = [];
    for (let row = box.top; row < box.bottom; row++) {
      for (let column = box.left; column < box.right; column++) {
        const pixel = row * width + column;
        if (!taken[pixel] && !own.has(pixel)) pixels.push(pixel);
      }
    }
    return Int32Array.from(pixels);
  });
}

/** Number of free pixels in a box, from a summed-area table, so that growing costs nothing. */
function countFree(taken: Uint8Array, height: number, width: number): (box: Box) => number {
  const stride = width + 1;
  const table = new Int32Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0, row = 0; x < width; x++) {
      row += 1 - taken[y * width + x]!;
      table[(y + 1) * stride + x + 1] = table[y * stride + x + 1]! + row;
    }
  }
  return ({ top, bottom, left, right }) =>
    table[bottom * stride + right]! - table[top * stride + right]! - table[bottom * stride + left]! + table[top * stride + left]!;
}

/** The pixels and their neighbours along rows and columns, `times` over. */
function dilate(pixels: Int32Array, times: number, height: number, width: number): Set<number> {
  const found = new Set(pixels);
  let edge = [...pixels];
  for (let i = 0; i < times; i++) {
    const next: number[] = [];
    const add = (pixel: number) => {
      if (found.has(pixel)) return;
      found.add(pixel);
      next.push(pixel);
    };
    for (const pixel of edge) {
      const column = pixel % width;
      if (column > 0) add(pixel - 1);
      if (column < width - 1) add(pixel + 1);
      if (pixel >= width) add(pixel - width);
      if (pixel < (height - 1) * width) add(pixel + width);
    }
    edge = next;
  }
  return found;
}

function boundingBox(pixels: Iterable<number>, width: number): Box {
  let [top, bottom, left, right] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];
  for (const pixel of pixels) {
    const row = Math.floor(pixel / width);
    const column = pixel % width;
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
  }
  return { top, bottom, left, right };
}

function grow({ top, bottom, left, right }: Box, height: number, width: number): Box {
  return {
    top: Math.max(0, top - STEP),
    bottom: Math.min(height, bottom + STEP),
    left: Math.max(0, left - STEP),
    right: Math.min(width, right + STEP),
  };
}
