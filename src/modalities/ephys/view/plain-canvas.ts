// A plain 2-D canvas that is painted anew after every change of its size, of the theme, and when it is asked to.
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { onTheme, type Palette, readPalette } from './series-colours.ts';

export interface Painting {
  readonly context: CanvasRenderingContext2D;
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

export interface PlainCanvas {
  repaint(): void;
  destroy(): void;
}

export const AXIS_FONT = '11px';

export function makePlainCanvas(canvas: HTMLCanvasElement, paint: (painting: Painting) => void): PlainCanvas {
  let size: CanvasSize | undefined;
  let palette = readPalette();
  let handle = 0;
  const draw = () => {
    handle = 0;
    const context = canvas.getContext('2d');
    if (!context || !size || size.width === 0) return;
    context.setTransform(size.pixelRatio, 0, 0, size.pixelRatio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    context.font = `${AXIS_FONT} ${getComputedStyle(canvas).fontFamily}`;
    context.textBaseline = 'middle';
    paint({ context, width: size.width, height: size.height, palette });
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
    destroy: () => {
      cancelAnimationFrame(handle);
      for (const stop of stops) stop();
    },
  };
}
