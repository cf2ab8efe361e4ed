// How many regions are found where there are none: in texture with the spectrum of a movie's own mean image but random phases.
// The logarithm is randomised, so the texture stays positive and keeps the skew of tissue; noise of its own goes into either half.
import { makeRng } from '../../src/base/rng.ts';
import { complete } from '../../src/base/steps.ts';
import { type FindInput, findRegions } from '../../src/modalities/calcium/shared/find-regions.ts';
import { makeSurrogate } from '../../src/pipeline/roi/detect/surrogate.ts';
import { makeRunner } from './jobs.ts';
import type { ReadMovie } from './movie.ts';

/** Photon noise of a half movie's mean, as a share of the brightness: that of some thousand photons a pixel. */
const NOISE = 0.02;

export interface TextureFigures {
  readonly found: number;
  readonly radiusFound: number;
}

/** `radius` px, as it was found in the movie itself; null: searched for in the texture. */
export async function regionsInTexture({ planes }: ReadMovie, radius: number | null, seed: number): Promise<TextureFigures> {
  const input: FindInput = { ...texturePlanes(planes, seed), labels: 'visible', sensitivity: 0.5, radius };
  const { detections, defaultCut, radius: radiusFound } = await findRegions(input, makeRunner());
  return { found: detections.filter(({ confidence }) => confidence >= defaultCut).length, radiusFound };
}

function texturePlanes(planes: ReadMovie['planes'], seed: number): ReadMovie['planes'] {
  const { mean, height, width } = planes;
  const rng = makeRng(seed);
  const floor = 1e-3 * mean.reduce((most, value) => Math.max(most, value), 1e-12);
  const log = mean.map((value) => Math.log(Math.max(value, floor)));
  const texture = complete(makeSurrogate({ data: log, height, width }, rng)).data.map(Math.exp);
  const noisy = () => texture.map((value) => value * (1 + NOISE * rng.normal()));
  const [even, odd] = [noisy(), noisy()];
  return { ...planes, mean: even.map((value, i) => (value + odd[i]!) / 2), even, odd, binned: null };
}
