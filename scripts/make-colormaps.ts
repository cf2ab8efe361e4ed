// Writes src/render/colormap-tables.ts: 256 × 3 bytes a colour map, base64, from d3-scale-chromatic. Run: npm run colormaps
import { writeFileSync } from 'node:fs';
import { interpolateCividis, interpolateMagma, interpolateViridis } from 'd3-scale-chromatic';

const MAPS: Record<string, (share: number) => string> = {
  gray: (share) =>
    `rgb(${Array(3)
      .fill(Math.round(255 * share))
      .join(', ')})`,
  viridis: interpolateViridis,
  magma: interpolateMagma,
  cividis: interpolateCividis,
};

function bytesOf(colour: string): number[] {
  const numbers = colour.startsWith('#')
    ? colour.match(/[0-9a-f]{2}/gi)?.map((pair) => Number.parseInt(pair, 16))
    : colour.match(/\d+/g)?.map(Number);
  if (numbers?.length !== 3) throw new Error(`d3-scale-chromatic gave '${colour}', which is not understood`);
  return numbers;
}

const lines = Object.entries(MAPS).map(([name, interpolate]) => {
  const table = Array.from({ length: 256 }, (_, i) => bytesOf(interpolate(i / 255))).flat();
  return `  ${name}: '${Buffer.from(table).toString('base64')}',`;
});

const text = `// Made by scripts/make-colormaps.ts from d3-scale-chromatic; do not edit. 256 entries of red, green, blue a map, base64.

export const COLORMAP_BASE64 = {
${lines.join('\n')}
} as const;
`;
writeFileSync(new URL('../src/render/colormap-tables.ts', import.meta.url), text);
