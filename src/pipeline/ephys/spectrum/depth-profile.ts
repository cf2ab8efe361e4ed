// Values of channels or spikes on one depth axis, for the depth board: rows of the probe from the lowest depth to the highest, µm.

export interface DepthRows {
  /** Rising, µm. */
  readonly depths: Float64Array<ArrayBuffer>;
  /** Row of each channel. */
  readonly rowOf: Int32Array<ArrayBuffer>;
}

/** Channels at the same depth share a row; `positions` [channel][x, y]. */
export function depthRows(positions: ArrayLike<number>): DepthRows {
  const own = Float64Array.from({ length: positions.length / 2 }, (_, c) => positions[2 * c + 1]!);
  const depths = Float64Array.from(new Set(own)).sort();
  const place = new Map(Array.from(depths, (depth, row) => [depth, row]));
  return { depths, rowOf: Int32Array.from(own, (depth) => place.get(depth)!) };
}

/** Mean over the channels of each row of `width` values a channel, [row][value]; values that are no number are left out. */
export function meanByRow(values: ArrayLike<number>, width: number, { depths, rowOf }: DepthRows): Float32Array<ArrayBuffer> {
  const out = new Float32Array(depths.length * width);
  const counts = new Uint32Array(depths.length * width);
  rowOf.forEach((row, c) => {
    for (let k = 0; k < width; k++) {
      const value = values[c * width + k]!;
      if (Number.isNaN(value)) continue;
      out[row * width + k]! += value;
      counts[row * width + k]!++;
    }
  });
  return out.map((sum, i) => (counts[i] === 0 ? Number.NaN : sum / counts[i]!));
}

/** Spikes per second in equal bins of depth over `seconds` of recording. */
export function rateByDepth(
  depths: ArrayLike<number>,
  [lowest, highest]: readonly [number, number],
  bins: number,
  seconds: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(bins);
  for (let i = 0; i < depths.length; i++) {
    const bin = Math.floor(((depths[i]! - lowest) / (highest - lowest)) * bins);
    if (bin >= 0 && bin < bins) out[bin]!++;
  }
  return out.map((count) => count / seconds);
}

/** 10 log10 of densities, for pictures: −Infinity of nothing, NaN of what is missing. */
export function decibels(density: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return Float32Array.from(density, (value) => 10 * Math.log10(value));
}
