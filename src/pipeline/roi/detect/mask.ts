// Connected parts of a small mask [row, column] (1 inside, 0 outside); pixels touch at edges.

/** The connected part of `mask` that holds pixel `seed`, its holes filled; null where the seed is outside the mask. */
export function partAround(mask: Uint8Array, height: number, width: number, seed: number): Uint8Array<ArrayBuffer> | null {
  if (!mask[seed]) return null;
  const part = flood(mask, 1, height, width, [seed]);
  const border: number[] = [];
  for (let y = 0; y < height; y++) border.push(y * width, y * width + width - 1);
  for (let x = 0; x < width; x++) border.push(x, (height - 1) * width + x);
  const outside = flood(part, 0, height, width, border);
  return outside.map((reached) => 1 - reached);
}

/** What can be reached from `seeds` through pixels of the given value. */
function flood(mask: Uint8Array, value: 0 | 1, height: number, width: number, seeds: readonly number[]): Uint8Array<ArrayBuffer> {
  const reached = new Uint8Array(mask.length);
  const open: number[] = [];
  const visit = (at: number) => {
    if (mask[at] !== value || reached[at]) return;
    reached[at] = 1;
    open.push(at);
  };
  for (const seed of seeds) visit(seed);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    if (at >= width) visit(at - width);
    if (at < (height - 1) * width) visit(at + width);
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
  }
  return reached;
}
