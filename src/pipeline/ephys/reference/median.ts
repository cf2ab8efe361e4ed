// Medians by selection (Hoare's quickselect), in place: the order of the values is lost.

type Floats = Float32Array | Float64Array;

/** Median of the first `count` values, the mean of the middle two where their number is even; NaN of none. Reorders `values`. */
export function medianInPlace(values: Floats, count: number = values.length): number {
  if (count === 0) return Number.NaN;
  const half = count >> 1;
  const upper = selectInPlace(values, count, half);
  if (count % 2 === 1) return upper;
  let lower = values[0]!;
  for (let i = 1; i < half; i++) if (values[i]! > lower) lower = values[i]!;
  return (lower + upper) / 2;
}

/** The value of rank `k` (from 0); afterwards it stands at `k`, none larger before it, none smaller behind it. */
export function selectInPlace(values: Floats, count: number, k: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const held = values[i]!;
        values[i] = values[j]!;
        values[j] = held;
        i++;
        j--;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}

function middleOf(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
}

/** Values that the band about the mean should hold: few enough to be quick, enough to hold the middle. */
const BAND = 1 / 8;

/**
 * Medians of many rows of `count` values that resemble each other, exact: the middle values are looked for in a narrow band about
 * the mean, whose width follows the rows, and by selection among all only where they are not there. The values stay in order.
 */
export function makeRowMedian(count: number): (values: Float32Array) => number {
  const band = new Float32Array(count + 1);
  let reach = 0;
  return (values) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[i]!;
    const centre = sum / count;
    const [low, high] = [centre - reach, centre + reach];
    let below = 0;
    let held = 0;
    for (let i = 0; i < count; i++) {
      const x = values[i]!;
      band[held] = x;
      below += x < low ? 1 : 0;
      held += x >= low && x <= high ? 1 : 0;
    }
    const half = count >> 1;
    const first = count % 2 === 1 ? half : half - 1;
    if (held > BAND * count) reach *= 0.97;
    if (below > first || below + held <= half) {
      reach = Math.max(reach * 1.2, 1e-3 * Math.abs(centre), 1e-6);
      band.set(values.subarray(0, count));
      return medianInPlace(band, count);
    }
    const upper = selectInPlace(band, held, half - below);
    if (first === half) return upper;
    let lower = -Infinity;
    for (let i = 0; i < half - below; i++) if (band[i]! > lower) lower = band[i]!;
    return (lower + upper) / 2;
  };
}

/** Median of a copy. */
export function medianOf(values: ArrayLike<number>): number {
  return medianInPlace(new Float64Array(values));
}
