// LZ4 blocks, BloscLZ and LZF, unpacked into an array of known size. Sources: lz4_Block_format.md (Y. Collet); blosclz.c of c-blosc
// 1.21; lzf_d.c of LibLZF 3.6. All throw RangeError with what is wrong; they never write outside `out` and always move on.

/** An LZ4 block; fills `out` exactly. */
export function unpackLz4(packed: Uint8Array, out: Uint8Array): void {
  let from = 0;
  let to = 0;
  const more = (length: number) => {
    let sum = length;
    for (let byte = length === 15 ? 255 : 0; byte === 255; sum += byte) {
      if (from >= packed.length) throw new RangeError('ends within a length');
      byte = packed[from++]!;
    }
    return sum;
  };
  while (from < packed.length) {
    const token = packed[from++]!;
    const literals = more(token >> 4);
    if (from + literals > packed.length || to + literals > out.length) throw new RangeError('has literals beyond its end');
    out.set(packed.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from === packed.length) break;
    if (from + 2 > packed.length) throw new RangeError('ends within an offset');
    const distance = packed[from]! | (packed[from + 1]! << 8);
    from += 2;
    to = repeat(out, to, distance, more(token & 15) + 4);
  }
  if (to !== out.length) throw new RangeError(`unpacks to ${to} bytes where ${out.length} are needed`);
}

const FAR = 8191;

/** A BloscLZ stream; fills `out` exactly. */
export function unpackBloscLz(packed: Uint8Array, out: Uint8Array): void {
  let from = 0;
  let to = 0;
  const next = () => {
    if (from >= packed.length) throw new RangeError('ends within a match');
    return packed[from++]!;
  };
  let control = packed.length > 0 ? next() & 31 : 0;
  for (;;) {
    if (control >= 32) {
      let length = (control >> 5) - 1;
      const high = (control & 31) << 8;
      if (length === 6) {
        for (let byte = 255; byte === 255; length += byte) byte = next();
      }
      const low = next();
      const isFar = low === 255 && high === 31 << 8;
      const distance = isFar ? ((next() << 8) | next()) + FAR + 1 : high + low + 1;
      to = repeat(out, to, distance, length + 3);
    } else {
      const literals = control + 1;
      if (from + literals > packed.length || to + literals > out.length) throw new RangeError('has literals beyond its end');
      out.set(packed.subarray(from, from + literals), to);
      from += literals;
      to += literals;
    }
    if (from >= packed.length) break;
    control = packed[from++]!;
  }
  if (to !== out.length) throw new RangeError(`unpacks to ${to} bytes where ${out.length} are needed`);
}

/** An LZF stream (h5py's own filter); fills `out` exactly. */
export function unpackLzf(packed: Uint8Array, out: Uint8Array): void {
  let from = 0;
  let to = 0;
  const next = () => {
    if (from >= packed.length) throw new RangeError('ends within a match');
    return packed[from++]!;
  };
  while (from < packed.length) {
    const control = next();
    if (control < 32) {
      const literals = control + 1;
      if (from + literals > packed.length || to + literals > out.length) throw new RangeError('has literals beyond its end');
      out.set(packed.subarray(from, from + literals), to);
      from += literals;
      to += literals;
      continue;
    }
    const length = control >> 5 === 7 ? 7 + next() : control >> 5;
    to = repeat(out, to, ((control & 31) << 8) + next() + 1, length + 2);
  }
  if (to !== out.length) throw new RangeError(`unpacks to ${to} bytes where ${out.length} are needed`);
}

/** Copies `length` bytes from `distance` bytes back, which may overlap; returns where it ended. */
function repeat(out: Uint8Array, to: number, distance: number, length: number): number {
  if (distance === 0 || distance > to || to + length > out.length) throw new RangeError('repeats bytes that are not there');
  if (distance >= length) out.copyWithin(to, to - distance, to - distance + length);
  else for (let i = 0; i < length; i++) out[to + i] = out[to + i - distance]!;
  return to + length;
}
