// What the pursuit must know of a dictionary: how each template responds to every other one at every displacement, and the
// inverse of each block's own products, with a little ridge.
import type { Steps } from '../../../base/steps.ts';
import { invert } from '../../linalg/inverse.ts';
import { BLOBS, type Dictionary, RINGS, TEMPLATES } from './dictionary.ts';

const RIDGE = 1e-3;

export interface Gram {
  /** 2 · side − 1: displacements −(side − 1) … side − 1. */
  readonly span: number;
  /** Per template a: [row displacement, column displacement, template b], the response of b to a. */
  readonly tables: readonly Float64Array<ArrayBuffer>[];
  /** (A + ridge)⁻¹ of the blob block, 3 × 3, and of the ring block, 4 × 4. */
  readonly blobInverse: Float64Array<ArrayBuffer>;
  readonly ringInverse: Float64Array<ArrayBuffer>;
}

export function* gramOf({ side, templates }: Dictionary): Steps<Gram> {
  const span = 2 * side - 1;
  const last = span * span - 1;
  const tables = templates.map(() => new Float64Array(span * span * TEMPLATES));
  for (let a = 0; a < TEMPLATES; a++) {
    for (let b = a; b < TEMPLATES; b++) {
      fillPair(tables[a]!, tables[b]!, a, b, correlationOf(templates[a]!, templates[b]!, side), last);
      yield a / TEMPLATES;
    }
  }
  const blobInverse = blockInverse(templates.slice(0, BLOBS), BLOBS);
  return { span, tables, blobInverse, ringInverse: blockInverse(templates.slice(BLOBS), RINGS) };
}

/** Writes the responses of b to a, and those of a to b, which are the same at the opposite displacement. */
function fillPair(ofA: Float64Array, ofB: Float64Array, a: number, b: number, values: Float64Array, last: number): void {
  const stride = TEMPLATES;
  for (let at = 0; at <= last; at++) {
    ofA[at * stride + b] = values[at]!;
    ofB[(last - at) * stride + a] = values[at]!;
  }
}

/** Σ a[y, x] · b[y − dy, x − dx] over the overlap, for all displacements [dy, dx]; 0 at once for a template not in use. */
function correlationOf(a: Float64Array, b: Float64Array, side: number): Float64Array {
  const span = 2 * side - 1;
  const values = new Float64Array(span * span);
  if (a.every((value) => value === 0) || b.every((value) => value === 0)) return values;
  for (let at = 0; at < values.length; at++) {
    const dy = Math.floor(at / span) - side + 1;
    const dx = (at % span) - side + 1;
    const left = Math.max(0, dx);
    const right = Math.min(side, side + dx);
    const bottom = Math.min(side, side + dy);
    const shift = dy * side + dx;
    let sum = 0;
    for (let y = Math.max(0, dy); y < bottom; y++) {
      for (let i = y * side + left; i < y * side + right; i++) sum += a[i]! * b[i - shift]!;
    }
    values[at] = sum;
  }
  return values;
}

function blockInverse(block: readonly Float64Array[], n: number): Float64Array<ArrayBuffer> {
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++)
      products[i * n + j] = block[i]!.reduce((sum, value, k) => sum + value * block[j]![k]!, i === j ? RIDGE : 0);
  }
  return invert(products, n);
}
