// The pen for what is written on a saved picture or clip: scale bar, legend, time stamp, each on a dark ground.
import { token } from '../../../ui/css-vars.ts';
import type { LegendEntry, ScaleBar } from './picture-notes.ts';

/** CSS px: text fits a small picture and stays moderate in a large one. */
const TEXT = { min: 8, max: 14, share: 1 / 36 };
const DASHES: Readonly<Record<LegendEntry['dash'], readonly number[]>> = { solid: [], dashed: [5, 3], dotted: [0.1, 4] };

/** Draws on a 2-D canvas; `scale` is picture px per CSS px, `shorterSide` of the picture in CSS px. */
export class PicturePen {
  private readonly context: CanvasRenderingContext2D;
  private readonly scale: number;
  private readonly size: number;
  private readonly gap: number;

  constructor(context: CanvasRenderingContext2D, scale: number, shorterSide: number) {
    this.context = context;
    this.scale = scale;
    this.size = Math.round(Math.min(TEXT.max, Math.max(TEXT.min, shorterSide * TEXT.share)) * scale);
    this.gap = Math.round(this.size / 2);
    context.font = `${this.size}px ${token('--font')}`;
    context.textBaseline = 'middle';
  }

  /** Bottom right: the words above the bar. */
  scaleBar({ length, text }: ScaleBar, width: number, height: number): void {
    const { context, gap, size } = this;
    const thick = Math.max(2, Math.round(size / 4));
    const wide = Math.max(length, context.measureText(text).width);
    const left = width - 2 * gap - wide;
    const top = height - 3 * gap - size - thick;
    this.scrim(left - gap, top - gap / 2, wide + 2 * gap, size + thick + 2 * gap);
    context.textAlign = 'center';
    context.fillText(text, left + wide / 2, top + size / 2);
    context.fillRect(Math.round(left + (wide - length) / 2), Math.round(top + size + gap / 2), Math.round(length), thick);
  }

  /** Top left: what the picture shows, then a line a class. */
  legend(caption: string, entries: readonly LegendEntry[]): void {
    const { context, gap, size } = this;
    const step = Math.round(size * 1.35);
    const sample = 2 * size;
    const widths = entries.map(({ text }) => sample + gap + context.measureText(text).width);
    const wide = Math.max(context.measureText(caption).width, ...widths);
    this.scrim(gap, gap, wide + 2 * gap, step * (1 + entries.length) + gap);
    context.textAlign = 'left';
    context.fillText(caption, 2 * gap, gap * 1.5 + step / 2);
    entries.forEach((entry, i) => {
      const y = gap * 1.5 + step * (i + 1.5);
      this.sample(entry, 2 * gap, y, sample);
      context.fillText(entry.text, 3 * gap + sample, y);
    });
  }

  /** Bottom left; as wide as `widest`, so that it stands still while the time runs. */
  stamp(text: string, widest: string, height: number): void {
    const { context, gap, size } = this;
    const top = height - 2 * gap - size;
    this.scrim(gap, top - gap / 2, context.measureText(widest).width + 2 * gap, size + gap);
    context.textAlign = 'left';
    context.fillText(text, 2 * gap, top + size / 2);
  }

  private sample({ colour, dash, thin }: LegendEntry, x: number, y: number, length: number): void {
    const { context, scale } = this;
    context.save();
    context.strokeStyle = token(colour);
    // Dots of one px would be too faint to tell their colour.
    context.lineWidth = (thin && dash !== 'dotted' ? 1 : 2) * scale;
    context.lineCap = dash === 'dotted' ? 'round' : 'butt';
    context.setLineDash(DASHES[dash].map((part) => part * scale));
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + length, y);
    context.stroke();
    context.restore();
  }

  /** A dark ground, then the colour of text on data for what follows. */
  private scrim(x: number, y: number, width: number, height: number): void {
    const { context } = this;
    context.fillStyle = token('--scrim');
    context.fillRect(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
    context.fillStyle = token('--on-data');
  }
}
