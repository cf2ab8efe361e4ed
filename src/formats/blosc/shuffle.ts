// Blosc's rearrangements undone: bytes of the same rank lie together (shuffle), or bits of the same rank (bitshuffle).
// Sources: shuffle.c and bitshuffle-generic.c of c-blosc 1.21.

/** Items of `size` bytes from their shuffled bytes; the bytes after the last whole item lie as they are. */
export function unshuffle(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const items = Math.floor(packed.length / size);
  const out = new Uint8Array(packed.length);
  for (let byte = 0; byte < size; byte++) {
    for (let item = 0, at = byte; item < items; item++, at += size) out[at] = packed[byte * items + item]!;
  }
  out.set(packed.subarray(items * size), items * size);
  return out;
}

/** The same for bits. Blosc leaves a block alone whose items are no multiple of eight. */
export function unshuffleBits(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const items = Math.floor(packed.length / size);
  if (items % 8 !== 0) return packed.slice();
  const out = new Uint8Array(packed.length);
  const row = items / 8;
  for (let byte = 0; byte < size; byte++) {
    for (let bit = 0; bit < 8; bit++) {
      const from = (byte * 8 + bit) * row;
      for (let item = 0; item < items; item++) {
        out[item * size + byte]! |= ((packed[from + (item >> 3)]! >> (item & 7)) & 1) << bit;
      }
    }
  }
  out.set(packed.subarray(items * size), items * size);
  return out;
}
