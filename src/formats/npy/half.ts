// IEEE 754 half precision to single precision, on bit patterns, so that NaN payloads and signed zeros survive.

/** Bits of the float32 that equals the float16 with bits `half`. */
function widenBits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  let fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // A subnormal half is a normal single: move its leading one to the hidden bit.
  const shift = Math.clz32(fraction) - 21;
  fraction = (fraction << shift) & 0x3ff;
  return sign | ((113 - shift) << 23) | (fraction << 13);
}

let table: Uint32Array<ArrayBuffer> | undefined;

/** Float16 values, given as their 16-bit patterns, as float32. */
export function halfToFloat(halves: Uint16Array): Float32Array<ArrayBuffer> {
  table ??= Uint32Array.from({ length: 65_536 }, (_, half) => widenBits(half));
  const widened = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) widened[i] = table[halves[i]!]!;
  return new Float32Array(widened.buffer);
}
