// What every layer's draw call shares: uniforms and viewport passed with each call, premultiplied blending, scissor, no depth.
import type { AttributeConfig, Buffer, Regl, Uniform } from 'regl';
import type { Box } from '../view.ts';
import { INDICES_A_SEGMENT, makeTriangles, type RecordLayout, vertexLayout } from './segments.ts';

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
const COVER = [
  [-1, -1],
  [3, -1],
  [-1, 3],
];

type Values = Record<string, Uniform>;

/** A run of segments in a buffer that `expandRecords` made. */
export interface Segments {
  readonly buffer: Buffer;
  readonly first: number;
  readonly count: number;
}

export interface CallSetup<U extends Values> {
  readonly vert: string;
  readonly frag: string;
  readonly uniforms: readonly (keyof U & string)[];
  /** What is drawn: the whole viewport, or segments whose attributes come from records. */
  readonly shape: 'cover' | RecordLayout;
}

/** A draw call: `box` is the viewport as from `viewportOf`. Uniforms of the same name reach both shaders. */
export type DrawCall<U extends Values> = (uniforms: U, box: Box, segments?: Segments) => void;

interface Props {
  readonly uniforms: Values;
  readonly box: Box;
  readonly segments?: Segments | undefined;
}

/** Compiles a draw call; `viewport` (width, height in device px) is always among the uniforms. */
export function makeDrawCall<U extends Values>(regl: Regl, { vert, frag, uniforms, shape }: CallSetup<U>): DrawCall<U> {
  const values = Object.fromEntries(uniforms.map((name) => [name, (_: unknown, props: Props) => props.uniforms[name]!]));
  const box = (_: unknown, props: Props) => props.box;
  const command = regl<Values, Record<string, AttributeConfig | number[][]>, Props>({
    vert,
    frag,
    ...(shape === 'cover' ? { attributes: { corner: COVER }, count: COVER.length } : fromRecords(regl, shape)),
    primitive: 'triangles',
    uniforms: { ...values, viewport: (_: unknown, props: Props) => [props.box.width, props.box.height] },
    depth: { enable: false },
    blend: { enable: true, func: { src: 'one', dst: 'one minus src alpha' } },
    viewport: box,
    scissor: { enable: true, box },
  });
  return (values, viewport, segments) => {
    if (viewport.width <= 0 || viewport.height <= 0 || segments?.count === 0) return;
    command({ uniforms: values, box: viewport, segments });
  };
}

function fromRecords(regl: Regl, layout: RecordLayout) {
  const { stride, bytesASegment, places } = vertexLayout(layout);
  const triangles = makeTriangles(regl);
  const attributes = Object.fromEntries(
    places.map(({ name, offset, size }) => [
      name,
      (_: unknown, { segments }: Props): AttributeConfig => ({
        buffer: segments!.buffer,
        offset: segments!.first * bytesASegment + offset,
        stride,
        size,
      }),
    ]),
  );
  return {
    attributes,
    elements: (_: unknown, { segments }: Props) => triangles(segments!.count),
    count: (_: unknown, { segments }: Props) => segments!.count * INDICES_A_SEGMENT,
  };
}
