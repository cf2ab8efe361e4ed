// Damaged copies of a file for fuzz tests: cut off at each of its first bytes and near its end, and with single bits flipped.
import { makeRng } from '../base/rng.ts';

export interface Damage {
  readonly what: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Cut at every byte below `header` and at a few later ones; then `flips` copies with one bit flipped, half of them in the header. */
export function* damagedCopies(bytes: Uint8Array, header: number, flips = 200, seed = 1): Generator<Damage> {
  const rng = makeRng(seed);
  const first = Math.min(header, bytes.length);
  for (let length = 0; length < first; length++)
    yield { what: `cut at ${length}`, bytes: Uint8Array.from(bytes.subarray(0, length)) };
  for (let i = 0; i < 8; i++) {
    const length = first + rng.below(Math.max(1, bytes.length - first));
    yield { what: `cut at ${length}`, bytes: Uint8Array.from(bytes.subarray(0, length)) };
  }
  for (let i = 0; i < flips; i++) {
    const at = rng.below(i % 2 === 0 ? Math.max(1, first) : bytes.length);
    const bit = rng.below(8);
    const copy = Uint8Array.from(bytes);
    copy[at]! ^= 1 << bit;
    yield { what: `bit ${bit} of byte ${at}`, bytes: copy };
  }
}
