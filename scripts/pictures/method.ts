// The steps of the shape search as pictures, made by the detector's own functions from the sample: mean image, whitened image,
// ring templates learned from it, surrogate texture. Squares of 240 px, grey.
import { writeFileSync } from 'node:fs';
import type { Plane } from '../../src/base/ndarray.ts';
import { makeRng } from '../../src/base/rng.ts';
import { complete } from '../../src/base/steps.ts';
import { BLOBS, RINGS } from '../../src/pipeline/roi/detect/dictionary.ts';
import { learnDictionary } from '../../src/pipeline/roi/detect/learn.ts';
import { prepareImage } from '../../src/pipeline/roi/detect/pursuit.ts';
import { makeSurrogate } from '../../src/pipeline/roi/detect/surrogate.ts';
import { whiten } from '../../src/pipeline/roi/detect/whiten.ts';
import { encodePng } from '../make-icons.ts';
import { simulateSample } from '../simulate/sample.ts';

type Image = Plane<Float64Array<ArrayBuffer>>;

const RADIUS = 6;
const ROUNDS = 8;
const SIDE = 240;

export function writeMethodPictures(pathOf: (name: string) => string): void {
  const mean = meanOfSample();
  const white = complete(whiten(mean, RADIUS));
  const prepared = complete(prepareImage(white, Math.round(1.5 * RADIUS)));
  const dictionary = complete(learnDictionary(prepared, RADIUS, ROUNDS));
  const rings = dictionary.templates
    .slice(BLOBS, BLOBS + RINGS)
    .map((data) => ({ data, height: dictionary.side, width: dictionary.side }));
  const surrogate = complete(makeSurrogate(white, makeRng(1)));
  const pictures: [string, Image][] = [
    ['mean', mean],
    ['whitened', white],
    ['rings', twoByTwo(rings)],
    ['surrogate', surrogate],
  ];
  for (const [name, image] of pictures) {
    const path = `docs/pictures/method-${name}.png`;
    writeFileSync(pathOf(path), encodePng(greyOf(image), SIDE));
    console.log(path);
  }
}

/** The left square of the sample. */
function meanOfSample(): Image {
  const { movie, params } = simulateSample();
  const { height, width, frames } = params;
  const data = new Float64Array(height * height);
  for (let t = 0; t < frames; t++)
    for (let i = 0; i < data.length; i++)
      data[i]! += movie[(t * height + Math.floor(i / height)) * width + (i % height)]! / frames;
  return { data, height, width: height };
}

function twoByTwo(tiles: readonly Image[]): Image {
  const side = tiles[0]!.height;
  const data = new Float64Array(4 * side * side);
  tiles.forEach((tile, n) => {
    const largest = tile.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
    for (let i = 0; i < tile.data.length; i++) {
      const row = Math.floor(n / 2) * side + Math.floor(i / side);
      data[row * 2 * side + (n % 2) * side + (i % side)] = tile.data[i]! / largest;
    }
  });
  return { data, height: 2 * side, width: 2 * side };
}

/** RGBA of `SIDE` px, the middle 99 % of the values from black to white. */
function greyOf({ data, height, width }: Image): Uint8Array {
  const sorted = data.slice().sort();
  const low = sorted[Math.floor(0.005 * sorted.length)]!;
  const high = sorted[Math.ceil(0.995 * (sorted.length - 1))]!;
  const out = new Uint8Array(4 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const row = Math.floor((Math.floor(i / SIDE) * height) / SIDE);
    const col = Math.floor(((i % SIDE) * width) / SIDE);
    const grey = Math.round((255 * (data[row * width + col]! - low)) / (high - low));
    out.set(
      [grey, grey, grey].map((value) => Math.min(255, Math.max(0, value))),
      4 * i,
    );
    out[4 * i + 3] = 255;
  }
  return out;
}
