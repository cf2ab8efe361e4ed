// A pen that writes SVG (1.1, https://www.w3.org/TR/SVG11/): what is drawn with it becomes paths and text, in CSS px. Texts are centred
// on their line, as `textBaseline = 'middle'` does on a canvas. Pictures of very many points are embedded as PNG.
import { escapeMarkup } from './markup.ts';
import type { Box, Pen } from './pen.ts';

export interface SvgPen {
  readonly pen: Pen;
  /** Embeds a raster picture: a data:image/png address. */
  image(href: string, box: Box): void;
  /** What `draw` writes is seen within the box only. */
  within(box: Box, draw: () => void): void;
  toString(): string;
}

export interface SvgPenOptions {
  readonly width: number;
  readonly height: number;
  /** Family of the texts. */
  readonly family: string;
  /** Behind everything. */
  readonly background: string;
  readonly title: string;
  /** For programs: where it comes from. */
  readonly metadata?: string;
  readonly measureText: Pen['measureText'];
}

/** Half of the height of capitals over the size: from the middle of a line to its baseline. */
const TO_BASELINE = 0.35;
/** `600 14px Arial`, the weight left out or not. */
const FONT = /^(?:(\d+|bold) )?([\d.]+)px/;
const ANCHORS: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };

const short = (value: number) => String(Number(value.toFixed(2)));

export function makeSvgPen(options: SvgPenOptions): SvgPen {
  const { width, height, family, background, title, metadata } = options;
  const parts: string[] = [];
  let path = '';
  /** Rectangles of one look that follow one another are one path. */
  let boxes = { look: '', path: '' };
  let dash: readonly number[] = [];
  let clips = 0;

  const flush = () => {
    if (boxes.path) parts.push(`<path d="${boxes.path}"${boxes.look}/>`);
    boxes = { look: '', path: '' };
  };
  const write = (part: string) => {
    flush();
    parts.push(part);
  };
  const opacity = (name: string) => (pen.globalAlpha < 1 ? ` ${name}="${short(pen.globalAlpha)}"` : '');
  const filled = () => ` fill="${escapeMarkup(String(pen.fillStyle))}"${opacity('fill-opacity')}`;
  const stroked = () =>
    ` fill="none" stroke="${escapeMarkup(String(pen.strokeStyle))}" stroke-width="${short(pen.lineWidth)}"${opacity('stroke-opacity')}${
      dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : ''
    }${pen.lineJoin === 'miter' ? '' : ` stroke-linejoin="${pen.lineJoin}"`}`;
  const boxPath = (x: number, y: number, w: number, h: number) =>
    `M${short(x)} ${short(y)}h${short(w)}v${short(h)}h${short(-w)}z`;
  const isSeen = (...values: number[]) => values.every(Number.isFinite);

  const pen: Pen = {
    fillStyle: '#000',
    strokeStyle: '#000',
    globalAlpha: 1,
    lineWidth: 1,
    lineJoin: 'miter',
    font: `11px ${family}`,
    textAlign: 'left',
    textBaseline: 'middle',
    beginPath: () => {
      path = '';
    },
    moveTo: (x, y) => {
      if (isSeen(x, y)) path += `M${short(x)} ${short(y)}`;
    },
    lineTo: (x, y) => {
      if (isSeen(x, y)) path += `${path === '' ? 'M' : 'L'}${short(x)} ${short(y)}`;
    },
    closePath: () => {
      path += 'Z';
    },
    // Plots draw whole circles only.
    arc: (x, y, radius) => {
      const r = short(radius);
      if (isSeen(x, y))
        path += `M${short(x + radius)} ${short(y)}a${r} ${r} 0 1 1 ${short(-2 * radius)} 0a${r} ${r} 0 1 1 ${short(2 * radius)} 0`;
    },
    fill: () => {
      if (path) write(`<path d="${path}"${filled()}/>`);
    },
    stroke: () => {
      if (path) write(`<path d="${path}"${stroked()}/>`);
    },
    fillRect: (x, y, w, h) => {
      if (!isSeen(x, y, w, h)) return;
      const look = filled();
      if (boxes.look !== look) flush();
      boxes = { look, path: boxes.path + boxPath(x, y, w, h) };
    },
    strokeRect: (x, y, w, h) => {
      if (isSeen(x, y, w, h)) write(`<path d="${boxPath(x, y, w, h)}"${stroked()}/>`);
    },
    fillText: (text, x, y, most) => {
      if (!isSeen(x, y) || text === '') return;
      const [, weight, height] = FONT.exec(pen.font) ?? [];
      const size = Number(height ?? 11);
      const anchor = ANCHORS[pen.textAlign];
      const squeezed = most !== undefined && options.measureText(text).width > most ? ` textLength="${short(most)}"` : '';
      const place = `x="${short(x)}" y="${short(y + TO_BASELINE * size)}" font-size="${short(size)}"${weight ? ` font-weight="${weight}"` : ''}`;
      write(`<text ${place}${anchor ? ` text-anchor="${anchor}"` : ''}${squeezed}${filled()}>${escapeMarkup(text)}</text>`);
    },
    measureText: (text) => options.measureText(text),
    setLineDash: (segments) => {
      dash = [...segments];
    },
  };
  const lengths = (box: Box) =>
    `x="${short(box.x)}" y="${short(box.y)}" width="${short(box.width)}" height="${short(box.height)}"`;
  return {
    pen,
    image: (href, box) => write(`<image ${lengths(box)} preserveAspectRatio="none" href="${href}"/>`),
    within: (box, draw) => {
      const id = `clip${clips++}`;
      write(`<clipPath id="${id}"><rect ${lengths(box)}/></clipPath><g clip-path="url(#${id})">`);
      draw();
      write('</g>');
    },
    toString: () => {
      flush();
      const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`;
      return [
        `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${escapeMarkup(family)}">`,
        `<title>${escapeMarkup(title)}</title>`,
        ...(metadata ? [`<metadata>${escapeMarkup(metadata)}</metadata>`] : []),
        `<rect width="100%" height="100%" fill="${escapeMarkup(background)}"/>`,
        ...parts,
        '</svg>\n',
      ].join('\n');
    },
  };
}
