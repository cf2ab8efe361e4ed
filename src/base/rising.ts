// Lists of rising numbers, such as the times of spikes: places in them, parts of them, neighbours. Nothing is copied.

/** First index whose value is at least `value`; the length where there is none. */
export function lowerBound(rising: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part in [from, to), a view. */
export function partWithin(rising: Float64Array<ArrayBuffer>, from: number, to: number): Float64Array<ArrayBuffer> {
  return rising.subarray(lowerBound(rising, from), lowerBound(rising, to));
}

/** The next whole number of the list after `value`, or the last before it; null where there is none. */
export function neighbourOf(rising: ArrayLike<number>, value: number, direction: 1 | -1): number | null {
  const at = direction > 0 ? lowerBound(rising, value + 1) : lowerBound(rising, value) - 1;
  return rising[at] ?? null;
}
