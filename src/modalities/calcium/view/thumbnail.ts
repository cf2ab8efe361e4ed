// A small grey picture of an image [row, column], stretched between its own percentiles. Five of them are drawn again at every
// preview of the pass, so percentiles come from a part of the pixels and each pixel is one write.
import type { NumericArray } from '../../../base/ndarray.ts';

const LOW = 0.01;
const HIGH = 0.995;
const SAMPLE = 2048;
const OPAQUE = 0xff000000;
/** One grey level in red, green and blue at once; the bytes of a pixel are the same in either byte order but for the opacity. */
const GREY = 0x010101;

export function drawThumbnail(canvas: HTMLCanvasElement, data: NumericArray, height: number, width: number): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  const values = reduced(data, height, width, canvas.height, canvas.width);
  const [low, high] = limitsOf(values);
  const gain = 255 / (high - low || 1);
  const picture = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let i = 0; i < values.length; i++) {
    const grey = Math.min(255, Math.max(0, Math.round((values[i]! - low) * gain)));
    pixels[i] = OPAQUE | (GREY * grey);
  }
  context.putImageData(picture, 0, 0);
  canvas.dataset['drawn'] = 'yes';
}

/** The pixel of the image nearest to the centre of each pixel of the picture. */
function reduced(data: NumericArray, height: number, width: number, rows: number, columns: number): Float32Array {
  const values = new Float32Array(rows * columns);
  const from = Int32Array.from({ length: columns }, (_, column) => Math.floor(((column + 0.5) * width) / columns));
  for (let row = 0; row < rows; row++) {
    const start = Math.floor(((row + 0.5) * height) / rows) * width;
    for (let column = 0; column < columns; column++) values[row * columns + column] = data[start + from[column]!]!;
  }
  return values;
}

function limitsOf(values: Float32Array): [low: number, high: number] {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sorted = values.filter((value, i) => i % step === 0 && !Number.isNaN(value)).sort();
  return [sorted[Math.floor(LOW * sorted.length)] ?? 0, sorted[Math.floor(HIGH * sorted.length)] ?? 1];
}
