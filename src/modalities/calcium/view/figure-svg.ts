// A figure as SVG: a title, the picture as an embedded PNG with the outlines over it as vectors, a scale bar, and below it the legend,
// the scores and where it comes from. Lengths are units of 1/96 inch; an image pixel is `scale` of them.
import type { RegionStyle } from '../../../render/layers/region-style.ts';
import { escapeMarkup } from '../../../ui/markup.ts';

/** Outlines of one look; paths are SVG path data in image px, x before y. */
export interface FigureOutlines {
  readonly name: string;
  readonly colour: string;
  readonly dash: RegionStyle['dash'];
  readonly thin: boolean;
  readonly paths: readonly string[];
}

export interface FigureLegend extends Pick<FigureOutlines, 'colour' | 'dash' | 'thin'> {
  readonly text: string;
}

export interface FigureParts {
  /** Image px. */
  readonly width: number;
  readonly height: number;
  /** data:image/png;base64,… of the picture without its outlines, one px a pixel. */
  readonly png: string;
  readonly title: string;
  readonly outlines: readonly FigureOutlines[];
  readonly legend: readonly FigureLegend[];
  /** Length in image px. */
  readonly scaleBar: { readonly length: number; readonly text: string };
  /** Lines below the legend: scores. */
  readonly notes: readonly string[];
  /** The last line, small. */
  readonly source: string;
  /** JSON for programs. */
  readonly metadata: string;
}

/** Small movies are enlarged, so that the text beside them can be read. */
const WIDTH = 560;
const TEXT = { title: 14, body: 12, source: 9 };
const FONT = 'Arial, Helvetica, sans-serif';
const LINE = 1.45;
const GAP = 8;
const SAMPLE = 26;
/** Mean width of a letter of Arial in its size, for breaking lines. */
const LETTER = 0.54;
const DASHES: Readonly<Record<RegionStyle['dash'], string>> = {
  solid: '',
  dashed: ' stroke-dasharray="5 3"',
  dotted: ' stroke-linecap="round" stroke-dasharray="0.1 3.6"',
};

export function figureSvg(parts: FigureParts): string {
  const scale = Math.max(1, Math.round(WIDTH / parts.width));
  const [width, height] = [parts.width * scale, parts.height * scale];
  const top = Math.ceil(TEXT.title * LINE) + GAP;
  const legend = legendLines(parts.legend, width, top + height + 2 * GAP);
  let y = legend.bottom;
  const below: string[] = [];
  const write = (lines: readonly string[], size: number, colour: string) => {
    for (const line of lines.flatMap((text) => brokenLines(text, width, size))) {
      y += size * LINE;
      below.push(text(line, 0, y, size, colour));
    }
  };
  write(parts.notes, TEXT.body, '#222222');
  y += GAP / 2;
  write([parts.source], TEXT.source, '#666666');
  const total = { width: width + 2 * GAP, height: Math.ceil(y + 2 * GAP) };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${total.width}" height="${total.height}" viewBox="${-GAP} ${-GAP} ${total.width} ${total.height}" font-family="${FONT}" role="img">`,
    `<title>${escapeMarkup(parts.title)}</title>`,
    `<metadata>${escapeMarkup(parts.metadata)}</metadata>`,
    `<rect x="${-GAP}" y="${-GAP}" width="${total.width}" height="${total.height}" fill="#ffffff"/>`,
    text(parts.title, 0, TEXT.title, TEXT.title, '#111111', ' font-weight="600"'),
    `<clipPath id="frame"><rect width="${width}" height="${height}"/></clipPath>`,
    `<g transform="translate(0 ${top})" clip-path="url(#frame)">`,
    `<image width="${width}" height="${height}" preserveAspectRatio="none" image-rendering="pixelated" href="${parts.png}"/>`,
    `<g id="outlines" transform="scale(${scale})" fill="none" stroke-linejoin="round">`,
    ...parts.outlines.map(outlineGroup),
    '</g>',
    scaleBar(parts.scaleBar, scale, width, height),
    '</g>',
    ...legend.lines,
    ...below,
    '</svg>',
    '',
  ].join('\n');
}

/** A dark casing below the line keeps it visible on bright and dark ground alike. */
function outlineGroup({ name, colour, dash, thin, paths }: FigureOutlines): string {
  const line = widthOf(thin, dash);
  const data = paths.join('');
  const path = (stroke: string, width: number, more: string) =>
    `<path d="${data}" stroke="${stroke}" stroke-width="${width}" vector-effect="non-scaling-stroke"${more}/>`;
  return [
    `<g id="${escapeMarkup(name)}">`,
    path('#000000', line + CASING, CASING_OPACITY),
    path(colour, line, DASHES[dash]),
    '</g>',
  ].join('\n');
}

const CASING = 1.5;
const CASING_OPACITY = ' stroke-opacity="0.7"';
const widthOf = (thin: boolean, dash: RegionStyle['dash']) => (thin && dash !== 'dotted' ? 1 : 2);

function scaleBar({ length, text: words }: FigureParts['scaleBar'], scale: number, width: number, height: number): string {
  const bar = length * scale;
  const right = width - 2 * GAP;
  const middle = right - bar / 2;
  const wide = Math.max(bar, words.length * TEXT.body * LETTER);
  const box = { x: middle - wide / 2 - GAP, y: height - TEXT.body - 4 * GAP, height: TEXT.body + 3 * GAP };
  return [
    '<g id="scale-bar">',
    `<rect x="${round(box.x)}" y="${box.y}" width="${round(wide + 2 * GAP)}" height="${box.height}" fill="#000000" fill-opacity="0.6"/>`,
    text(words, middle, box.y + GAP / 2 + TEXT.body, TEXT.body, '#ffffff', ' text-anchor="middle"'),
    `<rect x="${round(right - bar)}" y="${height - 2.5 * GAP}" width="${round(bar)}" height="3" fill="#ffffff"/>`,
    '</g>',
  ].join('\n');
}

/** Samples with their words, as many on a line as fit. */
function legendLines(
  entries: readonly FigureLegend[],
  width: number,
  from: number,
): { readonly lines: readonly string[]; readonly bottom: number } {
  const lines: string[] = [];
  let [x, y] = [0, from];
  for (const { colour, dash, thin, text: words } of entries) {
    const wide = SAMPLE + GAP + words.length * TEXT.body * LETTER + 2 * GAP;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += TEXT.body * LINE;
    }
    const line = widthOf(thin, dash);
    const sample = (stroke: string, size: number, more: string) =>
      `<path d="M${round(x)} ${round(y)}h${SAMPLE}" stroke="${stroke}" stroke-width="${size}"${more}/>`;
    lines.push(sample('#000000', line + CASING, CASING_OPACITY), sample(colour, line, DASHES[dash]));
    lines.push(text(words, x + SAMPLE + GAP, y + TEXT.body / 3, TEXT.body, '#222222'));
    x += wide;
  }
  return { lines, bottom: entries.length > 0 ? y + GAP : from - GAP };
}

function text(words: string, x: number, y: number, size: number, colour: string, more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${colour}"${more}>${escapeMarkup(words)}</text>`;
}

/** Broken at spaces, where a line is too long for the width. */
function brokenLines(words: string, width: number, size: number): string[] {
  const most = Math.max(10, Math.floor(width / (size * LETTER)));
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Closed contours as path data: `points` are row, column …, `starts` the first point of each; only those that `isShown`. */
export function pathData(
  { points, starts, regions }: { readonly points: Float32Array; readonly starts: Int32Array; readonly regions: Int32Array },
  isShown: (region: number) => boolean,
): string[] {
  const paths: string[] = [];
  for (let contour = 0; contour < starts.length; contour++) {
    if (!isShown(regions[contour]!)) continue;
    const end = contour + 1 < starts.length ? starts[contour + 1]! : points.length / 2;
    const corners: string[] = [];
    for (let i = starts[contour]!; i < end; i++) corners.push(`${points[2 * i + 1]} ${points[2 * i]}`);
    paths.push(`M${corners.join('L')}Z`);
  }
  return paths;
}
