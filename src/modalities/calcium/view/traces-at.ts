// The traces of some of the regions of a pass, [region, frame].
import type { RawTraces } from '../shared/traces.ts';

/** The traces of the regions `numbers`, in that order. */
export function tracesAt({ frames, raw, neuropil }: RawTraces, numbers: readonly number[]): RawTraces {
  const pick = (values: Float32Array<ArrayBuffer>) => {
    const out = new Float32Array(numbers.length * frames);
    for (const [at, number] of numbers.entries()) out.set(values.subarray(number * frames, (number + 1) * frames), at * frames);
    return out;
  };
  return { frames, regions: numbers.length, raw: pick(raw), neuropil: pick(neuropil) };
}
