// A forest's verdict on voxels: the mean over trees of the class shares of the leaf that a voxel falls into. Features go to whole
// levels first, so that a step down a tree is integer arithmetic without a branch; four voxels walk a tree side by side.
import type { Steps } from '../../../base/steps.ts';
import type { FeatureBlock } from './features.ts';
import { type Forest, LEVELS, type Tree } from './train-forest.ts';

/** Voxels handled at a time: their levels and shares stay in the processor's cache. */
const BLOCK = 4096;

/** [voxel, class], shares that add up to 1. */
export function* predictForest(forest: Forest, { planes }: FeatureBlock): Steps<Float32Array<ArrayBuffer>> {
  const { classes, features, trees } = forest;
  const voxels = planes[0]!.length;
  const shares = new Float32Array(voxels * classes);
  const levels = new Int32Array(BLOCK * features);
  for (let from = 0; from < voxels; from += BLOCK) {
    const count = Math.min(BLOCK, voxels - from);
    for (let f = 0; f < features; f++) fillLevels(levels, planes[f]!, from, count, f, forest);
    const out = shares.subarray(from * classes, (from + count) * classes);
    for (const [t, tree] of trees.entries()) {
      addTree(tree, levels, features, count, out, classes);
      if (t % 16 === 15) yield from / voxels;
    }
    for (let i = 0; i < out.length; i++) out[i]! /= trees.length;
    yield (from + count) / voxels;
  }
  return shares;
}

function fillLevels(levels: Int32Array, plane: Float32Array, from: number, count: number, f: number, forest: Forest): void {
  const { features } = forest;
  const low = forest.low[f]!;
  const scale = forest.scale[f]!;
  for (let i = 0, at = f; i < count; i++, at += features) {
    const level = (plane[from + i]! - low) * scale;
    levels[at] = level > 0 ? (level < LEVELS - 1 ? level | 0 : LEVELS - 1) : 0;
  }
}

/** A sign bit takes the place of a branch: (limit − level) >>> 31 is 1 where the level lies above the limit. */
function addTree(
  { nodes, shares, depth }: Tree,
  levels: Int32Array,
  features: number,
  count: number,
  out: Float32Array,
  classes: number,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const a = i * features;
    const b = a + features;
    const c = b + features;
    const d = c + features;
    let na = 0;
    let nb = 0;
    let nc = 0;
    let nd = 0;
    for (let k = 0; k < depth; k++) {
      const sa = nodes[2 * na]!;
      const sb = nodes[2 * nb]!;
      const sc = nodes[2 * nc]!;
      const sd = nodes[2 * nd]!;
      na = nodes[2 * na + 1]! + (((sa & 0xffff) - levels[a + (sa >> 16)]!) >>> 31);
      nb = nodes[2 * nb + 1]! + (((sb & 0xffff) - levels[b + (sb >> 16)]!) >>> 31);
      nc = nodes[2 * nc + 1]! + (((sc & 0xffff) - levels[c + (sc >> 16)]!) >>> 31);
      nd = nodes[2 * nd + 1]! + (((sd & 0xffff) - levels[d + (sd >> 16)]!) >>> 31);
    }
    for (let k = 0; k < classes; k++) {
      const at = i * classes + k;
      out[at]! += shares[na * classes + k]!;
      out[at + classes]! += shares[nb * classes + k]!;
      out[at + 2 * classes]! += shares[nc * classes + k]!;
      out[at + 3 * classes]! += shares[nd * classes + k]!;
    }
  }
  for (; i < count; i++) {
    let node = 0;
    for (let k = 0; k < depth; k++) {
      const split = nodes[2 * node]!;
      node = nodes[2 * node + 1]! + (((split & 0xffff) - levels[i * features + (split >> 16)]!) >>> 31);
    }
    for (let k = 0; k < classes; k++) out[i * classes + k]! += shares[node * classes + k]!;
  }
}
