// A small grey picture of an image [row, column], stretched between its own percentiles.
import type { NumericArray } from '../../../base/ndarray.ts';

const LOW = 0.01;
const HIGH = 0.995;

export function drawThumbnail(canvas: HTMLCanvasElement, data: NumericArray, height: number, width: number): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  const picture = context.createImageData(canvas.width, canvas.height);
  const count = canvas.width * canvas.height;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const row = Math.floor(((Math.floor(i / canvas.width) + 0.5) * height) / canvas.height);
    const col = Math.floor((((i % canvas.width) + 0.5) * width) / canvas.width);
    values[i] = data[row * width + col]!;
  }
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const low = sorted[Math.floor(LOW * sorted.length)] ?? 0;
  const high = sorted[Math.floor(HIGH * sorted.length)] ?? 1;
  for (let i = 0; i < count; i++) {
    const grey = (255 * (values[i]! - low)) / (high - low || 1);
    picture.data.set([grey, grey, grey, 255], 4 * i);
  }
  context.putImageData(picture, 0, 0);
  canvas.dataset['drawn'] = 'yes';
}
