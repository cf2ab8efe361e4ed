// Writes the icons of the installed page: the mark of public/icon.svg, drawn from its circles with smooth edges. Run: npm run icons
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/** Units of public/icon.svg: a square of 32, a ring and a disc in the accent colour. */
const SIZE = 32;
const RING = { x: 16, y: 16, radius: 12, width: 4.5 };
const DISC = { x: 17.5, y: 14.5, radius: 4.5 };
const INK = [0x7b, 0x77, 0xec] as const;
const GROUND = [0x12, 0x12, 0x12] as const;

export const ICONS = [
  { name: 'icon-192.png', pixels: 192, scale: 1, ground: false },
  { name: 'icon-512.png', pixels: 512, scale: 1, ground: false },
  // Systems cut these to their own shape: what matters lies within the middle 80 %.
  { name: 'icon-maskable-512.png', pixels: 512, scale: 0.7, ground: true },
] as const;

/** How much of the pixel around (x, y) lies in the mark, 0…1; `unit` pixels are one unit. */
function coverage(x: number, y: number, unit: number): number {
  const ring = Math.abs(Math.hypot(x - RING.x, y - RING.y) - RING.radius) - RING.width / 2;
  const disc = Math.hypot(x - DISC.x, y - DISC.y) - DISC.radius;
  return Math.min(1, Math.max(0, 0.5 - Math.min(ring, disc) * unit));
}

/** RGBA, row by row. */
export function drawIcon({ pixels, scale, ground }: (typeof ICONS)[number]): Uint8Array {
  const out = new Uint8Array(4 * pixels * pixels);
  const unit = (pixels / SIZE) * scale;
  for (let row = 0; row < pixels; row++) {
    for (let col = 0; col < pixels; col++) {
      const share = coverage((col + 0.5 - pixels / 2) / unit + SIZE / 2, (row + 0.5 - pixels / 2) / unit + SIZE / 2, unit);
      const at = 4 * (row * pixels + col);
      for (let k = 0; k < 3; k++) out[at + k] = ground ? Math.round(GROUND[k]! + share * (INK[k]! - GROUND[k]!)) : INK[k]!;
      out[at + 3] = ground ? 255 : Math.round(255 * share);
    }
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(data.length, 0);
  sizes.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([sizes.subarray(0, 4), body, sizes.subarray(4)]);
}

/** A PNG of 8-bit RGBA, each row unfiltered. */
export function encodePng(rgba: Uint8Array, pixels: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(pixels * (1 + 4 * pixels));
  for (let row = 0; row < pixels; row++)
    rows.set(rgba.subarray(4 * row * pixels, 4 * (row + 1) * pixels), row * (1 + 4 * pixels) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

if (import.meta.filename === process.argv[1]) {
  for (const icon of ICONS) {
    const png = encodePng(drawIcon(icon), icon.pixels);
    writeFileSync(new URL(`../public/${icon.name}`, import.meta.url), png);
    console.log(`public/${icon.name}: ${png.length.toLocaleString('en-US')} bytes`);
  }
}
