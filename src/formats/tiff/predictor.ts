// Undoes the prediction that some writers apply before compressing: each sample stored as the difference to its left neighbour.
// Source: TIFF 6.0 (1992) section 14; Adobe Photoshop TIFF Technical Note 3 (2005) for floating point.

/**
 * Predictor 2 in place, on little-endian rows of `row` bytes; `stride` samples a pixel of `size` bytes (1, 2, 4 or 8) each,
 * modulo 2^(8 size).
 */
export function undoDifferences(bytes: Uint8Array<ArrayBuffer>, row: number, stride: number, size: number): void {
  const { buffer, byteOffset, byteLength } = bytes;
  if (size === 8) {
    const words = new BigUint64Array(buffer, byteOffset, byteLength / 8);
    for (let start = 0; start < words.length; start += row / 8) {
      for (let i = start + stride; i < start + row / 8; i++) words[i] = words[i]! + words[i - stride]!;
    }
    return;
  }
  const View = size === 1 ? Uint8Array : size === 2 ? Uint16Array : Uint32Array;
  const words = new View(buffer, byteOffset, byteLength / size);
  const perRow = row / size;
  for (let start = 0; start < words.length; start += perRow) {
    for (let i = start + stride; i < start + perRow; i++) words[i] = words[i]! + words[i - stride]!;
  }
}

/**
 * Predictor 3: differences of bytes, each row holding first the highest bytes of all its samples, then the next ones.
 * Returns little-endian samples whatever the file's byte order.
 */
export function undoFloatingPoint(
  bytes: Uint8Array<ArrayBuffer>,
  row: number,
  stride: number,
  size: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  const perRow = row / size;
  for (let start = 0; start < bytes.length; start += row) {
    for (let i = start + stride; i < start + row; i++) bytes[i] = bytes[i]! + bytes[i - stride]!;
    for (let plane = 0; plane < size; plane++) {
      const from = start + plane * perRow;
      for (let i = 0; i < perRow; i++) out[start + i * size + size - 1 - plane] = bytes[from + i]!;
    }
  }
  return out;
}
