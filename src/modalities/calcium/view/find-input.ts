// What a detection looks at: the planes of a whole data set, or of a rectangle of it.
import { resources } from '../../../state/resources.ts';
import type { FindInput } from '../shared/find-regions.ts';
import { type BinnedMovie, cutBand } from './binned.ts';
import type { CalciumDataset } from './datasets.ts';

/** In whole pixels. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The part of a rectangle that lies in the field, `by` px wider on all sides; null where nothing is left. */
export function widened(
  { top, left, height, width }: Rectangle,
  by: number,
  field: { height: number; width: number },
): Rectangle | null {
  const [from, first] = [Math.max(0, top - by), Math.max(0, left - by)];
  const [to, last] = [Math.min(field.height, top + height + by), Math.min(field.width, left + width + by)];
  return to > from && last > first ? { top: from, left: first, height: to - from, width: last - first } : null;
}

/** The rectangle's part of an image [row, column] of `across` columns. */
export function cutPlane(
  plane: Float64Array,
  across: number,
  { top, left, height, width }: Rectangle,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(height * width);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * across + left;
    out.set(plane.subarray(from, from + width), y * width);
  }
  return out;
}

/** Once the movie is read. The parameters are those of the store. */
export function findInput({ id, files, store, rateHz }: CalciumDataset, part?: Rectangle): FindInput {
  const { movie } = files;
  const { labels, sensitivity, diameter } = store.getState();
  const { top, left, height, width } = part ?? { top: 0, left: 0, height: movie.height, width: movie.width };
  const plane = (name: string) => {
    const whole = resources.get<Float64Array<ArrayBuffer>>(`${id}/${name}`)!;
    return part ? cutPlane(whole, movie.width, part) : whole;
  };
  const binned = resources.get<BinnedMovie>(`${id}/bins`);
  return {
    mean: plane('mean'),
    even: plane('even-mean'),
    odd: plane('odd-mean'),
    height,
    width,
    frames: movie.frames,
    binned: binned
      ? {
          bins: binned.images.length,
          binRate: rateHz / binned.factor,
          cut: (band) => cutBand(binned, { ...band, firstRow: top + band.firstRow }, part && { first: left, count: width }),
        }
      : null,
    labels,
    sensitivity,
    radius: diameter === null ? null : diameter / 2,
  };
}
