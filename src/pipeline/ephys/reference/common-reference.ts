// Subtracts at every frame what channels have in common: the median or the mean of all, of those on the same shank, or of a ring
// of neighbours of each channel. Source: SpikeInterface `common_reference`.
import type { ChannelContext, FloatBlock } from '../block.ts';
import { makeRowMedian, medianInPlace } from './median.ts';

export interface ReferenceParameters {
  readonly operator: 'median' | 'mean';
  readonly scope: 'global' | 'shank' | 'local';
  /** For 'local': neighbours farther than `inner` and not farther than `outer` µm … */
  readonly inner?: number;
  readonly outer?: number;
  /** … or, where these are fewer, so many of the nearest beyond `inner`. */
  readonly least?: number;
}

export const LOCAL_RING = { inner: 30, outer: 55, least: 5 } as const;

/** In place. Throws nothing: a channel without neighbours keeps its samples. */
export function subtractReference(block: FloatBlock, parameters: ReferenceParameters, context: ChannelContext): void {
  const { operator, scope } = parameters;
  if (scope === 'local') {
    subtractLocal(block, operator, localNeighbours(context.positions, parameters));
    return;
  }
  const groups = scope === 'shank' && context.shanks ? groupsOf(context.shanks) : [null];
  for (const group of groups) subtractGroup(block, operator, group);
}

/** All channels (null) or the columns given. */
function subtractGroup(
  { data, frames, channels }: FloatBlock,
  operator: 'median' | 'mean',
  group: readonly number[] | null,
): void {
  const count = group?.length ?? channels;
  const scratch = new Float32Array(count);
  const median = makeRowMedian(count);
  for (let t = 0; t < frames; t++) {
    const row = t * channels;
    if (group) for (let c = 0; c < count; c++) scratch[c] = data[row + group[c]!]!;
    else scratch.set(data.subarray(row, row + channels));
    const level = operator === 'median' ? median(scratch) : meanOf(scratch, count);
    if (group) for (let c = 0; c < count; c++) data[row + group[c]!]! -= level;
    else for (let c = 0; c < channels; c++) data[row + c]! -= level;
  }
}

function subtractLocal(
  { data, frames, channels }: FloatBlock,
  operator: 'median' | 'mean',
  neighbours: readonly Int32Array[],
): void {
  const scratch = new Float32Array(channels);
  const before = new Float32Array(channels);
  for (let t = 0; t < frames; t++) {
    const row = t * channels;
    before.set(data.subarray(row, row + channels));
    for (let c = 0; c < channels; c++) {
      const ring = neighbours[c]!;
      if (ring.length === 0) continue;
      for (let k = 0; k < ring.length; k++) scratch[k] = before[ring[k]!]!;
      const level = operator === 'median' ? medianInPlace(scratch, ring.length) : meanOf(scratch, ring.length);
      data[row + c] = before[c]! - level;
    }
  }
}

function meanOf(values: Float32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  return sum / count;
}

/** Per channel the columns of its ring, nearest first. `positions` µm [channel][x, y]. */
export function localNeighbours(
  positions: Float64Array,
  {
    inner = LOCAL_RING.inner,
    outer = LOCAL_RING.outer,
    least = LOCAL_RING.least,
  }: Omit<ReferenceParameters, 'operator' | 'scope'>,
): Int32Array<ArrayBuffer>[] {
  const channels = positions.length / 2;
  return Array.from({ length: channels }, (_, c) => {
    const distance = (d: number) =>
      Math.hypot(positions[2 * d]! - positions[2 * c]!, positions[2 * d + 1]! - positions[2 * c + 1]!);
    const beyond = Array.from({ length: channels }, (_, d) => d)
      .filter((d) => distance(d) > inner)
      .sort((a, b) => distance(a) - distance(b) || a - b);
    const ring = beyond.filter((d) => distance(d) <= outer);
    return Int32Array.from(ring.length < least ? beyond.slice(0, least) : ring);
  });
}

function groupsOf(shanks: Int32Array): number[][] {
  const groups = new Map<number, number[]>();
  shanks.forEach((shank, channel) => {
    const group = groups.get(shank);
    if (group) group.push(channel);
    else groups.set(shank, [channel]);
  });
  return [...groups.values()];
}
