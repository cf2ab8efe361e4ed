// What the pursuit must know of a dictionary: how each template responds to every other one at every displacement, and the
// inverse of each block's own products, with a little ridge.
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

export function gramOf({ side, templates }: Dictionary): Gram {
  const span = 2 * side - 1;
  const tables = templates.map(() => new Float64Array(span * span * TEMPLATES));
  for (let a = 0; a < TEMPLATES; a++) {
    for (let b = a; b < TEMPLATES; b++) {
      for (let dy = 1 - side; dy < side; dy++) {
        for (let dx = 1 - side; dx < side; dx++) {
          const value = overlapProduct(templates[a]!, templates[b]!, side, dy, dx);
          const at = (dy + side - 1) * span + dx + side - 1;
          tables[a]![at * TEMPLATES + b] = value;
          tables[b]![(span * span - 1 - at) * TEMPLATES + a] = value;
        }
      }
    }
  }
  const blobInverse = blockInverse(templates.slice(0, BLOBS), BLOBS);
  return { span, tables, blobInverse, ringInverse: blockInverse(templates.slice(BLOBS), RINGS) };
}

/** Σ a[y, x] · b[y − dy, x − dx] over the overlap. */
function overlapProduct(a: Float64Array, b: Float64Array, side: number, dy: number, dx: number): number {
  let sum = 0;
  const left = Math.max(0, dx);
  const right = Math.min(side, side + dx);
  const shift = dy * side + dx;
  for (let y = Math.max(0, dy); y < Math.min(side, side + dy); y++) {
    for (let at = y * side + left; at < y * side + right; at++) sum += a[at]! * b[at - shift]!;
  }
  return sum;
}

function blockInverse(block: readonly Float64Array[], n: number): Float64Array<ArrayBuffer> {
  const products = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) products[i * n + j] = block[i]!.reduce((sum, value, k) => sum + value * block[j]![k]!, i === j ? RIDGE : 0);
  }
  return invert(products, n);
}
