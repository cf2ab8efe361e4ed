// LZW of TIFF: 9 to 12 bit codes, highest bit first, the width growing one code early; and the older form that some files of
// before 1992 hold, lowest bit first, growing on time. Bounded: it never writes more than it was asked for.
// Source: TIFF 6.0 (1992) section 13; the older form as libtiff's LZWDecodeCompat describes it.

const CLEAR = 256;
const END = 257;
const TABLE = 4096;

const prefix = new Uint16Array(TABLE);
const suffix = new Uint8Array(TABLE);
const lengths = new Uint16Array(TABLE);
for (let code = 0; code < 256; code++) {
  suffix[code] = code;
  lengths[code] = 1;
}

/** Unpacks `packed` into `out`; returns the bytes written, or -1 where a code is impossible. Stops when `out` is full. */
export function unpackLzw(packed: Uint8Array, out: Uint8Array): number {
  const isOld = packed[0] === 0 && (packed[1]! & 1) === 1;
  const early = isOld ? 0 : 1;
  let width = 9;
  let next = END + 1;
  let previous = -1;
  let at = 0;
  let held = 0;
  let bits = 0;
  let filled = 0;
  while (filled < out.length) {
    while (bits < width) {
      if (at >= packed.length) return filled;
      held = isOld ? held | (packed[at++]! << bits) : ((held << 8) | packed[at++]!) & 0xfffff;
      bits += 8;
    }
    bits -= width;
    const code = isOld ? held & ((1 << width) - 1) : (held >> bits) & ((1 << width) - 1);
    if (isOld) held >>>= width;
    if (code === END) return filled;
    if (code === CLEAR) {
      width = 9;
      next = END + 1;
      previous = -1;
      continue;
    }
    if (previous >= 0 && next < TABLE) {
      if (code > next) return -1;
      prefix[next] = previous;
      lengths[next] = lengths[previous]! + 1;
      suffix[next] = firstOf(code === next ? previous : code);
      next++;
      if (next + early >= 1 << width && width < 12) width++;
    } else if (code >= next || (previous < 0 && code > END)) return -1;
    filled = append(code, out, filled);
    previous = code;
  }
  return filled;
}

function firstOf(code: number): number {
  let head = code;
  while (head > END) head = prefix[head]!;
  return suffix[head]!;
}

/** Writes the string of `code`, last byte first, as far as there is room. */
function append(code: number, out: Uint8Array, filled: number): number {
  const end = filled + lengths[code]!;
  let at = end;
  let link = code;
  while (at > filled) {
    at--;
    if (at < out.length) out[at] = suffix[link]!;
    link = prefix[link]!;
  }
  return Math.min(end, out.length);
}
