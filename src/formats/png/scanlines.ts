// The rows of a PNG: filters undone in place, bits spread to numbers, the seven passes of an interlaced picture put together.
// Source: PNG (Third Edition) sections 7, 8 and 9.
import { SomascopeError } from '../../base/errors.ts';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** A sample. */
  readonly bits: number;
  readonly samples: number;
  readonly isInterlaced: boolean;
}

/** Where a pass begins and how far apart its pixels are. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];

interface Rows extends Pass {
  readonly columns: number;
  readonly rows: number;
  /** Bytes of a row without its filter byte. */
  readonly bytes: number;
}

function* passesOf({ width, height, bits, samples, isInterlaced }: PngHeader): Generator<Rows> {
  for (const pass of isInterlaced ? ADAM7 : WHOLE) {
    const columns = Math.max(0, Math.ceil((width - pass.x) / pass.stepX));
    const rows = Math.max(0, Math.ceil((height - pass.y) / pass.stepY));
    if (columns > 0 && rows > 0) yield { ...pass, columns, rows, bytes: Math.ceil((columns * bits * samples) / 8) };
  }
}

/** Bytes of all rows with their filter bytes. */
export function passBytes(header: PngHeader): number {
  let sum = 0;
  for (const { rows, bytes } of passesOf(header)) sum += rows * (bytes + 1);
  return sum;
}

/** Undoes the filter of every row in place. Throws `Invalid` for a filter that does not exist. */
export function unfilter(lines: Uint8Array, header: PngHeader, file: string): void {
  const left = Math.max(1, (header.bits * header.samples) >> 3);
  let at = 0;
  for (const { rows, bytes } of passesOf(header)) {
    let above = -1;
    for (let row = 0; row < rows; row++, above = at + 1, at += bytes + 1) unfilterRow(lines, at, bytes, above, left, file);
  }
}

function unfilterRow(lines: Uint8Array, at: number, bytes: number, above: number, left: number, file: string): void {
  const filter = lines[at]!;
  const first = at + 1;
  if (filter > 4)
    throw new SomascopeError('Invalid', `The PNG names filter ${filter}; there are 0 to 4.`, { file }, 'Save the picture again.');
  if (filter === 0) return;
  for (let i = 0; i < bytes; i++) {
    const a = i >= left ? lines[first + i - left]! : 0;
    const b = above >= 0 ? lines[above + i]! : 0;
    const c = i >= left && above >= 0 ? lines[above + i - left]! : 0;
    const add = filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : paeth(a, b, c);
    lines[first + i]! += add;
  }
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [da, db, dc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (da <= db && da <= dc) return a;
  return db <= dc ? b : c;
}

/** The samples [row, column, sample] of unfiltered rows. */
export function deinterlace(lines: Uint8Array, header: PngHeader): Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  const { width, height, bits, samples } = header;
  const out = bits === 16 ? new Uint16Array(width * height * samples) : new Uint8Array(width * height * samples);
  const mask = (1 << Math.min(bits, 8)) - 1;
  let at = 0;
  for (const { x, y, stepX, stepY, columns, rows, bytes } of passesOf(header)) {
    for (let row = 0; row < rows; row++, at += bytes + 1) {
      for (let column = 0; column < columns; column++) {
        const to = ((y + row * stepY) * width + x + column * stepX) * samples;
        for (let s = 0; s < samples; s++) {
          const index = column * samples + s;
          const from = at + 1 + ((index * bits) >> 3);
          if (bits === 16) out[to + s] = (lines[from]! << 8) | lines[from + 1]!;
          else out[to + s] = (lines[from]! >> (8 - bits - ((index * bits) & 7))) & mask;
        }
      }
    }
  }
  return out;
}
