// Mean Pearson correlation of each pixel with its neighbours, from moments over time (Smith and Häusser 2010).
// Planes are [row, column]. A correlation with a pixel that never varies is 0 and still counts; one with a pixel that has no
// value (NaN) is left out, and such a pixel has none itself: NaN. Border pixels average the neighbours that exist.

export interface Moments {
  readonly height: number;
  readonly width: number;
  readonly frames: number;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  readonly right: Float64Array;
  readonly down: Float64Array;
  readonly downRight: Float64Array;
  readonly downLeft: Float64Array;
}

export function neighbourCorrelation(moments: Moments, neighbours: 8 | 4): Float32Array<ArrayBuffer> {
  const { height, width, frames, sum, squares } = moments;
  const pixels = height * width;
  const scale = new Float64Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const variance = frames * squares[i]! - sum[i]! * sum[i]!;
    scale[i] = Number.isNaN(variance) ? Number.NaN : variance > 0 ? 1 / Math.sqrt(variance) : 0;
  }
  const total = new Float64Array(pixels);
  const count = new Uint8Array(pixels);
  const addOffset = (products: Float64Array, dy: number, dx: number) => {
    for (let y = 0; y + dy < height; y++) {
      for (let x = Math.max(0, -dx); x < width - Math.max(0, dx); x++) {
        const i = y * width + x;
        const j = i + dy * width + dx;
        const rho = (frames * products[i]! - sum[i]! * sum[j]!) * scale[i]! * scale[j]!;
        if (Number.isNaN(rho)) continue;
        total[i]! += rho;
        total[j]! += rho;
        count[i]!++;
        count[j]!++;
      }
    }
  };
  addOffset(moments.right, 0, 1);
  addOffset(moments.down, 1, 0);
  if (neighbours === 8) {
    addOffset(moments.downRight, 1, 1);
    addOffset(moments.downLeft, 1, -1);
  }
  const image = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) image[i] = total[i]! / count[i]!;
  return image;
}
