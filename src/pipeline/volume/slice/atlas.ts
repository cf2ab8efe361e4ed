// A volume [z, y, x] as one 8-bit picture of tiles, for shaders that know no 3-D texture: slice k is tile (k mod tilesX,
// floor(k / tilesX)), tile rows from the top. What does not fit is made smaller by a whole factor, the same along each axis.
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import type { Volume } from '../volume.ts';

export interface Atlas {
  /** One byte a voxel, [row, column] of the whole picture; unused tiles are 0. */
  readonly data: Uint8Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  readonly tilesX: number;
  readonly tilesY: number;
  readonly tileHeight: number;
  readonly tileWidth: number;
  /** Tiles in use. */
  readonly tiles: number;
  /** Voxels of the volume along each edge of a voxel of the atlas. */
  readonly factor: number;
}

export interface AtlasOptions {
  /** Longest side of the picture in pixels: the graphics card's MAX_TEXTURE_SIZE or less. */
  readonly side: number;
  /** How several voxels become one; labels must not be averaged: 'first' takes the one nearest to the origin. */
  readonly reduce: 'mean' | 'max' | 'min' | 'first';
  /** Values that become 0 and 255; without it they are taken as they are (8-bit data). */
  readonly window?: readonly [low: number, high: number];
}

/** Tiles a row that make the picture fit, or 0. */
function tilesAcross(tiles: number, height: number, width: number, side: number): number {
  const least = Math.max(1, Math.ceil(Math.sqrt((tiles * height) / width)));
  for (let across = Math.min(least, Math.floor(side / width)); across >= 1 && across * width <= side; across++) {
    if (Math.ceil(tiles / across) * height <= side) return across;
  }
  return 0;
}

/** The layout alone: what `makeAtlas` will make of a volume. */
export function planAtlas([depth, height, width]: Volume['shape'], side: number): Omit<Atlas, 'data'> {
  for (let factor = 1; ; factor++) {
    const tiles = Math.ceil(depth / factor);
    const tileHeight = Math.ceil(height / factor);
    const tileWidth = Math.ceil(width / factor);
    const tilesX = tilesAcross(tiles, tileHeight, tileWidth, side);
    if (tilesX === 0) continue;
    const tilesY = Math.ceil(tiles / tilesX);
    return { height: tilesY * tileHeight, width: tilesX * tileWidth, tilesX, tilesY, tileHeight, tileWidth, tiles, factor };
  }
}

export function* makeAtlas(volume: Volume, { side, reduce, window }: AtlasOptions): Steps<Atlas> {
  const plan = planAtlas(volume.shape, side);
  const data = new Uint8Array(plan.height * plan.width);
  const low = window ? window[0] : 0;
  const scale = window ? 255 / Math.max(window[1] - low, Number.MIN_VALUE) : 1;
  const tile = new Float64Array(plan.tileHeight * plan.tileWidth);
  for (let k = 0; k < plan.tiles; k++) {
    reduceSlices(volume, k * plan.factor, plan.factor, reduce, tile, plan.tileWidth);
    const corner = Math.floor(k / plan.tilesX) * plan.tileHeight * plan.width + (k % plan.tilesX) * plan.tileWidth;
    for (let y = 0; y < plan.tileHeight; y++) {
      const row = corner + y * plan.width;
      for (let x = 0; x < plan.tileWidth; x++) {
        const value = (tile[y * plan.tileWidth + x]! - low) * scale;
        data[row + x] = value >= 255 ? 255 : value > 0 ? Math.round(value) : 0;
      }
    }
    yield (k + 1) / plan.tiles;
  }
  return { ...plan, data };
}

/** Blocks of `factor`³ voxels from slice `z` on, smaller at the far borders, into `tile`. */
function reduceSlices(
  { data, shape }: Volume<NumericArray>,
  z: number,
  factor: number,
  reduce: AtlasOptions['reduce'],
  tile: Float64Array,
  tileWidth: number,
): void {
  const [depth, height, width] = shape;
  const zEnd = Math.min(depth, z + factor);
  for (let at = 0; at < tile.length; at++) {
    const y0 = Math.floor(at / tileWidth) * factor;
    const x0 = (at % tileWidth) * factor;
    const first = data[(z * height + y0) * width + x0]!;
    if (reduce === 'first' || factor === 1) {
      tile[at] = first;
      continue;
    }
    const yEnd = Math.min(height, y0 + factor);
    const xEnd = Math.min(width, x0 + factor);
    let value = reduce === 'mean' ? 0 : first;
    for (let k = z; k < zEnd; k++) {
      for (let y = y0; y < yEnd; y++) {
        for (let i = (k * height + y) * width + x0, end = i + xEnd - x0; i < end; i++) {
          const here = data[i]!;
          if (reduce === 'mean') value += here;
          else if (reduce === 'max' ? here > value : here < value) value = here;
        }
      }
    }
    tile[at] = reduce === 'mean' ? value / ((zEnd - z) * (yEnd - y0) * (xEnd - x0)) : value;
  }
}
