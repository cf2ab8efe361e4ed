// Pictures for export: the layers are drawn once more at 1–4× into an off-screen framebuffer and read back.
import { SomascopeError } from '../base/errors.ts';
import type { Rgb } from './colour.ts';
import type { Gl } from './context.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Row 0 at the top; opaque where it was drawn on a background, else with straight (not premultiplied) alpha. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** What `draw` needs for its views: `{ box, pixelRatio, targetHeight }`. */
export interface PictureTarget {
  readonly pixelRatio: number;
  readonly targetHeight: number;
}

/**
 * Draws `width` × `height` CSS px at `pixelRatio` (1–4 device px each) on `background` (null: on nothing) and reads the pixels. `draw` calls the
 * layers with views made from the target it is given. Throws `Unsupported` when the picture is larger than the graphics card
 * takes and `NoWebGL` while the context is lost.
 */
export function readPicture(
  gl: Gl,
  size: { width: number; height: number; pixelRatio: number; background: Rgb | null },
  draw: (target: PictureTarget) => void,
): Picture {
  const { regl } = gl;
  if (!regl)
    throw new SomascopeError(
      'NoWebGL',
      'The graphics card was reset a moment ago.',
      {},
      'Wait until the picture is back, then save it again.',
    );
  const width = Math.round(size.width * size.pixelRatio);
  const height = Math.round(size.height * size.pixelRatio);
  const limit = Math.min(regl.limits.maxTextureSize, regl.limits.maxRenderbufferSize);
  if (width > limit || height > limit) {
    const message = `A picture of ${width} × ${height} px is larger than this graphics card draws (${limit} px a side).`;
    throw new SomascopeError('Unsupported', message, {}, 'Choose a smaller magnification.');
  }
  const framebuffer = regl.framebuffer({ width, height, colorFormat: 'rgba', colorType: 'uint8', depthStencil: false });
  const rows = new Uint8Array(width * height * 4);
  try {
    regl({ framebuffer })(() => {
      if (size.background) gl.clear(size.background);
      else regl.clear({ color: [0, 0, 0, 0] });
      draw({ pixelRatio: size.pixelRatio, targetHeight: height });
      regl.read({ x: 0, y: 0, width, height, data: rows });
    });
  } finally {
    framebuffer.destroy();
  }
  const rgba = upright(rows, width * 4);
  if (!size.background) straighten(rgba);
  return { width, height, rgba };
}

/** Layers draw colours multiplied by their alpha; pictures keep the two apart. */
function straighten(rgba: Uint8ClampedArray<ArrayBuffer>): void {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3]!;
    if (alpha === 0 || alpha === 255) continue;
    for (let i = at; i < at + 3; i++) rgba[i] = (rgba[i]! * 255) / alpha;
  }
}

/** WebGL reads from the bottom row up. */
function upright(rows: Uint8Array, stride: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(rows.length);
  for (let from = 0, to = rows.length - stride; from < rows.length; from += stride, to -= stride) {
    rgba.set(rows.subarray(from, from + stride), to);
  }
  return rgba;
}

/** The picture as a PNG file. */
export async function encodePng({ width, height, rgba }: Picture): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else
        reject(
          new SomascopeError(
            'OutOfMemory',
            `The browser could not encode a picture of ${width} × ${height} px.`,
            {},
            'Choose a smaller magnification.',
          ),
        );
    }, 'image/png');
  });
}
