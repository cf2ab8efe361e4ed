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

/** Median of a copy. */
export function medianOf(values: ArrayLike<number>): number {
  return medianInPlace(new Float64Array(values));
}
