// 8- and 16-bit samples on the graphics card as raw bytes: `luminance` or `luminance alpha`, uint8, NEAREST. The shader
// rebuilds low + 256 × high exactly (WebGL1 has no 16-bit textures), two's complement included.
import type { Regl, Texture2D } from 'regl';
import { SomascopeError } from '../base/errors.ts';
import type { CodeArray } from './quantise.ts';

export interface SampleTexture {
  readonly texture: Texture2D;
  /** Uploads a plane [row, column]; the same size and type as before is updated in place. Throws `Unsupported` when too large. */
  put(data: CodeArray, height: number, width: number): void;
  /** Uniforms of `SAMPLE_GLSL` for what was put last. */
  uniforms(): SampleUniforms;
  destroy(): void;
}

export type SampleUniforms = {
  readonly samples: Texture2D;
  /** Width and height in samples. */
  readonly extent: [number, number];
  readonly weights: [number, number];
  /** From which raw value on a sample is negative, and what is taken off it. */
  readonly negative: [number, number];
};

/** `sampleAt(pixel)`: the sample at integer (column, row). */
export const SAMPLE_GLSL = `
uniform sampler2D samples;
uniform vec2 extent, weights, negative;
float sampleAt(vec2 pixel) {
  vec4 texel = texture2D(samples, (pixel + .5) / extent);
  float raw = floor(dot(vec2(texel.r, texel.a), weights) + .5);
  return raw < negative.x ? raw : raw - negative.y;
}`;

const NEVER = 1e9;

export function checkTextureSize(regl: Regl, height: number, width: number): void {
  const limit = regl.limits.maxTextureSize;
  if (height <= limit && width <= limit) return;
  throw new SomascopeError(
    'Unsupported',
    `A plane of ${height} × ${width} samples is too large to draw: this graphics card takes at most ${limit} × ${limit}.`,
    {},
    'Crop the data, or export the plane and view it in parts.',
  );
}

export function makeSampleTexture(regl: Regl): SampleTexture {
  const texture = regl.texture({ width: 1, height: 1, format: 'luminance' });
  let held = { height: 0, width: 0, bytes: 0 };
  let signed = false;
  return {
    texture,
    put: (data, height, width) => {
      checkTextureSize(regl, height, width);
      const bytes = data.BYTES_PER_ELEMENT;
      const pixels = { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
      signed = data instanceof Int8Array || data instanceof Int16Array;
      if (held.height === height && held.width === width && held.bytes === bytes) {
        texture.subimage(pixels);
        return;
      }
      texture({
        ...pixels,
        format: bytes === 2 ? 'luminance alpha' : 'luminance',
        type: 'uint8',
        min: 'nearest',
        mag: 'nearest',
        wrap: 'clamp',
      });
      held = { height, width, bytes };
    },
    uniforms: () => {
      const span = held.bytes === 2 ? 65536 : 256;
      return {
        samples: texture,
        extent: [held.width, held.height],
        // A luminance texture reads alpha as 1, hence the zero.
        weights: [255, held.bytes === 2 ? 65280 : 0],
        negative: signed ? [span / 2, span] : [NEVER, 0],
      };
    },
    destroy: () => texture.destroy(),
  };
}
