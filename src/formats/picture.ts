// Pictures that only the browser can decode (JPEG), as bytes of red, green, blue and alpha. The decoder is handed in, so that readers
// can be tested without a browser.
import { SomascopeError } from '../base/errors.ts';

export interface Picture {
  /** [row, column, RGBA]. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Throws `Invalid` for bytes that are no such picture. */
export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>, type: string, file: string) => Promise<Picture>;

/** True for the first bytes of a JPEG. */
export function isJpeg(head: Uint8Array): boolean {
  return head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
}

/** The browser's decoder, without colour profiles and premultiplied alpha; for pages and workers. */
export const decodeInBrowser: DecodePicture = async (bytes, type, file) => {
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return { data: context.getImageData(0, 0, width, height).data, width, height };
  } catch (error) {
    const message = `The browser cannot decode this picture (${type}).`;
    throw new SomascopeError('Invalid', message, { file }, 'Was the download complete? Get the file again.', error);
  }
};

/** The red values [row, column]: all there is to a grey picture. */
export function redOf({ data }: Pick<Picture, 'data'>): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(data.length / 4);
  for (let i = 0; i < out.length; i++) out[i] = data[4 * i]!;
  return out;
}
