// Draws one plane of samples: value rebuilt in the shader, window in data units, gamma, colour map, nearest sample. Missing
// samples and missing planes are hatched at 45°. Two slots make blinking between two planes a matter of `show`.
import type { Texture2D } from 'regl';
import type { Camera, Size } from '../camera.ts';
import { placementOf } from '../camera.ts';
import type { Look } from '../colormap.ts';
import { colormapTable } from '../colormap.ts';
import type { Rgb } from '../colour.ts';
import type { Gl } from '../context.ts';
import type { CodedPlane } from '../quantise.ts';
import type { SampleTexture, SampleUniforms } from '../texture.ts';
import { makeSampleTexture, SAMPLE_GLSL } from '../texture.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';

export type Slot = 0 | 1;

export interface ImageLayer {
  /** The plane is kept, not copied, so that it can be uploaded again after a context loss. Throws `Unsupported` when too large. */
  setPlane(plane: CodedPlane, slot?: Slot): void;
  /** Hatches the whole plane: a frame that could not be read. */
  setMissing(size: Size, slot?: Slot): void;
  setLook(look: Look, slot?: Slot): void;
  show(slot: Slot): void;
  /** Draws nothing until a plane is set, or while the context is lost. */
  draw(view: View, camera: Camera): void;
  destroy(): void;
}

/** The two greys of the hatch; its stripes are 6 CSS px wide. */
export const HATCH: readonly [Rgb, Rgb] = [
  [10, 10, 10],
  [28, 28, 28],
];
export const HATCH_STRIPE = 6;

const FRAG = `
precision highp float;
${SAMPLE_GLSL}
uniform sampler2D colours;
uniform vec3 placement, hatchA, hatchB;
uniform vec4 shown;
uniform vec2 limits;
uniform float gamma, stripe;
varying vec2 at;
void main() {
  vec2 device = floor(at) + .5;
  vec2 pixel = floor((device - placement.yz) / placement.x);
  if (pixel.x < 0. || pixel.y < 0. || pixel.x >= shown.x || pixel.y >= shown.y) discard;
  float code = sampleAt(pixel);
  if (shown.w > .5 || code == shown.z) {
    float across = mod((device.x - device.y) * .70710678, 2. * stripe);
    gl_FragColor = vec4(across < stripe ? hatchA : hatchB, 1.);
    return;
  }
  float span = limits.y - limits.x;
  float share = span == 0. ? (code > limits.x ? 1. : 0.) : clamp((code - limits.x) / span, 0., 1.);
  share = share > 0. ? pow(share, gamma) : 0.;
  gl_FragColor = vec4(texture2D(colours, vec2((floor(share * 255. + .5) + .5) / 256., .5)).rgb, 1.);
}`;

type Uniforms = SampleUniforms & {
  colours: Texture2D;
  placement: number[];
  hatchA: number[];
  hatchB: number[];
  /** Width, height, missing code, 1 when all is missing. */
  shown: number[];
  /** The contrast limits as codes. */
  limits: number[];
  gamma: number;
  stripe: number;
};

interface Content {
  plane: CodedPlane | null;
  size: Size | null;
  look: Look;
}

/** No code is as large. */
const NO_CODE = 1e9;
const GREY: Look = { low: 0, high: 255, gamma: 1, map: 'gray' };
const SLOTS = [0, 1] as const;

function upload(samples: SampleTexture, { plane }: Content): void {
  if (plane && plane.data.length > 0) samples.put(plane.data, plane.height, plane.width);
}

function tint(colours: Texture2D, { look }: Content): void {
  colours({ data: colormapTable(look.map), width: 256, height: 1, format: 'rgb', type: 'uint8', min: 'nearest', mag: 'nearest' });
}

function shownOf({ plane, size }: Content & { size: Size }): number[] {
  // The array of a plane that was transferred away has no elements left.
  const allMissing = !plane || plane.data.length < size.width * size.height;
  return [size.width, size.height, plane?.missing ?? NO_CODE, allMissing ? 1 : 0];
}

export function createImageLayer(gl: Gl, hatch: readonly [Rgb, Rgb] = HATCH): ImageLayer {
  const contents: readonly [Content, Content] = [
    { plane: null, size: null, look: GREY },
    { plane: null, size: null, look: GREY },
  ];
  const [hatchA, hatchB] = hatch.map((colour) => colour.map((part) => part / 255)) as [number[], number[]];
  let front: Slot = 0;

  const held = gl.keep(
    (regl) => {
      const samples = [makeSampleTexture(regl), makeSampleTexture(regl)] as const;
      const colours = [regl.texture(1), regl.texture(1)] as const;
      for (const slot of SLOTS) {
        upload(samples[slot], contents[slot]);
        tint(colours[slot], contents[slot]);
      }
      const uniforms = [
        'samples',
        'extent',
        'weights',
        'negative',
        'colours',
        'placement',
        'hatchA',
        'hatchB',
        'shown',
        'limits',
        'gamma',
        'stripe',
      ] as const;
      return { samples, colours, draw: makeDrawCall<Uniforms>(regl, { vert: COVER_VERT, frag: FRAG, shape: 'cover', uniforms }) };
    },
    ({ samples, colours }) => {
      for (const texture of [...samples, ...colours]) texture.destroy();
    },
  );

  return {
    setPlane: (plane, slot = 0) => {
      if (held.current) upload(held.current.samples[slot], { ...contents[slot], plane });
      contents[slot].plane = plane;
      contents[slot].size = plane;
    },
    setMissing: (size, slot = 0) => {
      contents[slot].plane = null;
      contents[slot].size = size;
    },
    setLook: (look, slot = 0) => {
      const changed = contents[slot].look.map !== look.map;
      contents[slot].look = look;
      if (changed && held.current) tint(held.current.colours[slot], contents[slot]);
    },
    show: (slot) => {
      front = slot;
    },
    draw: (view, camera) => {
      const { plane, size, look } = contents[front];
      if (!held.current || !size) return;
      const { scale, left, top } = placementOf(camera, view);
      const code = (value: number) => (plane ? (value - plane.offset) / plane.scale : value);
      held.current.draw(
        {
          ...held.current.samples[front].uniforms(),
          colours: held.current.colours[front],
          placement: [scale, left, top],
          hatchA,
          hatchB,
          shown: shownOf({ plane, size, look }),
          limits: [code(look.low), code(look.high)],
          gamma: look.gamma,
          stripe: HATCH_STRIPE * view.pixelRatio,
        },
        viewportOf(view),
      );
    },
    destroy: () => held.release(),
  };
}
