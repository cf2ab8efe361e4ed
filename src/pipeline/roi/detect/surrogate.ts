// Surrogate images: the same power spectrum with random phases, so the texture without the cells. The phases are those of white
// Gaussian noise, which keeps the image real at any size.
import type { Plane } from '../../../base/ndarray.ts';
import type { Rng } from '../../../base/rng.ts';
import type { Steps } from '../../../base/steps.ts';
import { makeFft2 } from '../../linalg/fft2.ts';

/** A surrogate of `image`; takes one normal number a pixel from `rng`. */
export function* makeSurrogate(image: Plane<Float64Array<ArrayBuffer>>, rng: Rng): Steps<Plane<Float64Array<ArrayBuffer>>> {
  const { height, width, data } = image;
  const pixels = height * width;
  const fft = makeFft2(height, width);
  const plane = new Float64Array(2 * pixels);
  const spectrum = new Float64Array(2 * pixels);
  const noise = new Float64Array(2 * pixels);
  for (let i = 0; i < pixels; i++) plane[2 * i] = data[i]!;
  fft.forward(plane, spectrum);
  yield 0.3;
  for (let i = 0; i < pixels; i++) plane[2 * i] = rng.normal();
  yield 0.4;
  fft.forward(plane, noise);
  yield 0.7;
  for (let i = 0; i < 2 * pixels; i += 2) {
    const size = Math.sqrt(noise[i]! ** 2 + noise[i + 1]! ** 2);
    const amplitude = Math.sqrt(spectrum[i]! ** 2 + spectrum[i + 1]! ** 2);
    const scale = size > 0 ? amplitude / size : 0;
    noise[i]! *= scale;
    noise[i + 1]! *= scale;
  }
  fft.inverse(noise, plane);
  const real = new Float64Array(pixels);
  for (let i = 0; i < pixels; i++) real[i] = plane[2 * i]!;
  return { data: real, height, width };
}
