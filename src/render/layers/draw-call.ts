// What every layer's draw call shares: uniforms and viewport passed with each call, premultiplied blending, scissor, no depth.
import type { AttributeConfig, Buffer, Regl, Uniform } from 'regl';
import type { Box } from '../view.ts';

/** Covers the viewport; `at` is the position in it, in device px with y down from the top. */
export const COVER_VERT = `
precision highp float;
attribute vec2 corner;
uniform vec2 viewport;
varying vec2 at;
void main() {
  at = vec2(corner.x + 1., 1. - corner.y) * .5 * viewport;
  gl_Position = vec4(corner, 0., 1.);
}`;

/** One triangle larger than the viewport. */
export const COVER = [
  [-1, -1],
  [3, -1],
  [-1, 3],
];

/** A strip of two triangles: x is 0 at the start of a segment and 1 at its end, y −1 and 1 are its two sides. */
export const SEGMENT = [
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
];

type Values = Record<string, Uniform>;

/** One instance per step of `stride` bytes, read from `buffer` at `offset` onwards. */
export interface Instances {
  readonly buffer: Buffer;
  readonly count: number;
  readonly offset: number;
}

export interface CallSetup<U extends Values> {
  readonly vert: string;
  readonly frag: string;
  readonly corners: number[][];
  readonly uniforms: readonly (keyof U & string)[];
  /** Instanced attributes: byte offset and number of floats of each; `stride` in bytes. */
  readonly instanced?: {
    readonly stride: number;
    readonly attributes: Readonly<Record<string, readonly [offset: number, size: number]>>;
  };
}

/** A draw call: `box` is the viewport as from `viewportOf`. Uniforms of the same name reach both shaders. */
export type DrawCall<U extends Values> = (uniforms: U, box: Box, instances?: Instances) => void;

interface Props {
  readonly uniforms: Values;
  readonly box: Box;
  readonly instances?: Instances | undefined;
}

/** Compiles a draw call; `viewport` (width, height in device px) is always among the uniforms. */
export function makeDrawCall<U extends Values>(regl: Regl, setup: CallSetup<U>): DrawCall<U> {
  const { vert, frag, corners, instanced } = setup;
  const uniforms = Object.fromEntries(setup.uniforms.map((name) => [name, (_: unknown, props: Props) => props.uniforms[name]!]));
  const perInstance = Object.entries(instanced?.attributes ?? {}).map(([name, [offset, size]]) => [
    name,
    (_: unknown, { instances }: Props): AttributeConfig => ({
      buffer: instances!.buffer,
      offset: instances!.offset + offset,
      stride: instanced!.stride,
      size,
      divisor: 1,
    }),
  ]);
  const box = (_: unknown, props: Props) => props.box;
  const command = regl<Values, Record<string, AttributeConfig | number[][]>, Props>({
    vert,
    frag,
    attributes: { corner: corners, ...Object.fromEntries(perInstance) },
    count: corners.length,
    primitive: corners === SEGMENT ? 'triangle strip' : 'triangles',
    ...(instanced ? { instances: (_: unknown, props: Props) => props.instances!.count } : {}),
    uniforms: { ...uniforms, viewport: (_: unknown, props: Props) => [props.box.width, props.box.height] },
    depth: { enable: false },
    blend: { enable: true, func: { src: 'one', dst: 'one minus src alpha' } },
    viewport: box,
    scissor: { enable: true, box },
  });
  return (values, viewport, instances) => {
    if (viewport.width <= 0 || viewport.height <= 0 || instances?.count === 0) return;
    command({ uniforms: values, box: viewport, instances });
  };
}
