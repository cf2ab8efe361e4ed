// A plain 2-D canvas that is painted anew after every change of its size, of the theme, and when it is asked to.
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import type { Pen } from '../../../ui/pen.ts';
import { onPlot, PICTURE_FONT, svgFor } from './pictures.ts';
import { onTheme, type Palette, readPalette } from './series-colours.ts';

export interface Painting {
  readonly context: Pen;
  /** For what is made of so many pieces that an SVG holds it as a picture. */
  readonly dense: (paint: (context: CanvasRenderingContext2D) => void) => void;
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

export interface PlainCanvas {
  repaint(): void;
  toCanvas(): HTMLCanvasElement;
  toSvg(title: string): string;
  destroy(): void;
}

export function makePlainCanvas(canvas: HTMLCanvasElement, paint: (painting: Painting) => void): PlainCanvas {
  let size: CanvasSize | undefined;
  let palette = readPalette();
  let handle = 0;
  const draw = () => {
    handle = 0;
    const context = canvas.getContext('2d');
    if (!context || !size || size.width === 0) return;
    setUp(context, size, getComputedStyle(canvas).fontFamily);
    context.clearRect(0, 0, size.width, size.height);
    const { width, height } = size;
    paint({ context, dense: (part) => part(context), width, height, palette });
  };
  const toSvg = (title: string) => {
    const { width, height, pixelRatio } = size ?? { width: 0, height: 0, pixelRatio: 1 };
    const svg = svgFor(title, { width, height }, palette);
    const dense: Painting['dense'] = (part) => {
      const sheet = document.createElement('canvas');
      sheet.width = Math.max(1, Math.round(width * pixelRatio));
      sheet.height = Math.max(1, Math.round(height * pixelRatio));
      const context = sheet.getContext('2d')!;
      setUp(context, { pixelRatio }, getComputedStyle(canvas).fontFamily);
      part(context);
      svg.image(sheet.toDataURL('image/png'), { x: 0, y: 0, width, height });
    };
    paint({ context: svg.pen, dense, width, height, palette });
    return svg.toString();
  };
  const repaint = () => {
    handle ||= requestAnimationFrame(draw);
  };
  const stops = [
    observeCanvasSize(canvas, (next) => {
      size = next;
      canvas.width = next.deviceWidth;
      canvas.height = next.deviceHeight;
      draw();
    }),
    onTheme(() => {
      palette = readPalette();
      repaint();
    }),
  ];
  return {
    repaint,
    toCanvas: () => {
      draw();
      return onPlot(canvas);
    },
    toSvg,
    destroy: () => {
      cancelAnimationFrame(handle);
      for (const stop of stops) stop();
    },
  };
}

function setUp(context: CanvasRenderingContext2D, { pixelRatio }: Pick<CanvasSize, 'pixelRatio'>, family: string): void {
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.font = `${PICTURE_FONT} ${family}`;
  context.textBaseline = 'middle';
}
