// For tests: a small canvas with its context, and the colour of any device px of what a callback draws.
import type { Rgb } from './colour.ts';
import type { Gl } from './context.ts';
import { createGl } from './context.ts';
import type { PictureTarget } from './read-pixels.ts';
import { readPicture } from './read-pixels.ts';
import type { View } from './view.ts';

export interface Stage {
  readonly gl: Gl;
  /** Draws into an off-screen picture of the stage's size on `BACKGROUND`; the colour at (x, y) in device px from the top left. */
  shoot(draw: (view: View) => void, pixelRatio?: number): (x: number, y: number) => number[];
}

/** What `shoot` draws on. */
export const BACKGROUND: Rgb = [200, 100, 50];

/** Colours of the region classes. */
export const COLOURS = {
  matched: [86, 180, 233],
  extra: [213, 94, 0],
  missed: [240, 228, 66],
  plain: [180, 180, 180],
  leftOut: [120, 120, 120],
  selected: [255, 255, 255],
} as const;

export async function withStage(width: number, height: number, body: (stage: Stage) => Promise<void> | void): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const gl = createGl(canvas);
  const box = { x: 0, y: 0, width, height };
  try {
    await body({
      gl,
      shoot: (draw, pixelRatio = 1) => {
        const picture = readPicture(gl, { width, height, pixelRatio, background: BACKGROUND }, (target: PictureTarget) =>
          draw({ box, ...target }),
        );
        return (x, y) => [...picture.rgba.subarray(4 * (y * picture.width + x), 4 * (y * picture.width + x) + 3)];
      },
    });
  } finally {
    gl.destroy();
  }
}

/** Loses the context, waits for the page to notice, restores it and waits again. */
export async function loseAndRestore(gl: Gl, whileLost: () => void = () => {}): Promise<void> {
  const extension = gl.canvas.getContext('webgl')?.getExtension('WEBGL_lose_context');
  const turned = (to: boolean) =>
    new Promise<void>((resolve) => {
      const stop = gl.onLost((lost) => {
        if (lost !== to) return;
        stop();
        resolve();
      });
    });
  const lost = turned(true);
  extension?.loseContext();
  await lost;
  whileLost();
  // The browser refuses a restore from within the event that reports the loss.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const back = turned(false);
  extension?.restoreContext();
  await back;
}
