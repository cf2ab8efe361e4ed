// The centre distance of a matched pair as the reference reports it. NumPy's norm sums squares with fused multiply-adds, which
// round once where x·x + y·y rounds twice; so the last bit differs from the distance that decides the match.
// The emulation is that of Boldo and Melquiond (2008), "Emulation of a FMA and correctly rounded sums".
import type { Centres } from './centres.ts';

/** Euclidean distance of centre `i` of `a` to centre `j` of `b`, px, every square added with a single rounding. */
export function fusedDistance(a: Centres, i: number, b: Centres, j: number): number {
  let sum = 0;
  for (let axis = 0; axis < a.dims; axis++) sum = addSquare(a.data[i * a.dims + axis]! - b.data[j * a.dims + axis]!, sum);
  return Math.sqrt(sum);
}

/** x² + sum rounded once (magnitudes between 1e−140 and 1e140). */
export function addSquare(x: number, sum: number): number {
  const high = x * x;
  const low = squareError(x, high);
  const small = sum + low;
  const total = high + small;
  return total + addToOdd(sumError(high, small, total), sumError(sum, low, small));
}

/** x² − high, exact (Dekker's product with Veltkamp's split). */
function squareError(x: number, high: number): number {
  const scaled = 134217729 * x;
  const head = scaled - (scaled - x);
  const tail = x - head;
  return head * head - high + 2 * head * tail + tail * tail;
}

/** a + b − sum, exact (Knuth). */
function sumError(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

const bits = new DataView(new ArrayBuffer(8));

/** a + b rounded to odd: an inexact sum with an even last bit moves to its neighbour towards the exact value. */
function addToOdd(a: number, b: number): number {
  const sum = a + b;
  const error = sumError(a, b, sum);
  bits.setFloat64(0, sum);
  const pattern = bits.getBigInt64(0);
  if (error === 0 || (pattern & 1n) === 1n) return sum;
  bits.setBigInt64(0, error > 0 === sum > 0 ? pattern + 1n : pattern - 1n);
  return bits.getFloat64(0);
}
