// Mean, deviation and correlation images [row, column] the plain way: one pass over all frames for each.

export interface PlainMovie {
  readonly frames: readonly ArrayLike<number>[];
  readonly height: number;
  readonly width: number;
}

export function meanImage({ frames, height, width }: PlainMovie): Float64Array {
  const mean = new Float64Array(height * width);
  for (const frame of frames) for (let i = 0; i < mean.length; i++) mean[i]! += frame[i]! / frames.length;
  return mean;
}

export function deviationImage({ frames, height, width }: PlainMovie, mean: Float64Array): Float64Array {
  const variance = new Float64Array(height * width);
  for (const frame of frames)
    for (let i = 0; i < variance.length; i++) variance[i]! += (frame[i]! - mean[i]!) ** 2 / frames.length;
  return variance.map(Math.sqrt);
}

/** Mean Pearson correlation of each pixel with its eight neighbours; fewer at the border. */
export function correlationImage(
  { frames, height, width }: PlainMovie,
  mean: Float64Array,
  deviation: Float64Array,
): Float64Array {
  const sums = new Float64Array(height * width);
  const counts = new Uint8Array(height * width);
  const scored = new Float64Array(height * width);
  for (const [t, frame] of frames.entries()) {
    for (let i = 0; i < scored.length; i++) scored[i] = (frame[i]! - mean[i]!) / (deviation[i]! || 1);
    for (let row = 0; row < height; row++) {
      for (let col = 0; col < width; col++) {
        for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
          for (let c = Math.max(0, col - 1); c <= Math.min(width - 1, col + 1); c++) {
            if (r === row && c === col) continue;
            sums[row * width + col]! += scored[row * width + col]! * scored[r * width + c]!;
            if (t === 0) counts[row * width + col]!++;
          }
        }
      }
    }
  }
  return sums.map((sum, i) => sum / frames.length / counts[i]!);
}

export function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
