// Traces of many channels in one draw call: polylines whose points are (sample, value, lane, colour), so that moving and zooming
// are uniforms and no buffer is filled again. x in samples from the origin of its block, values in the data's unit.
import type { Buffer } from 'regl';
import type { Rgb } from '../colour.ts';
import type { Gl } from '../context.ts';
import { type View, viewportOf } from '../view.ts';
import { makeDrawCall } from './draw-call.ts';
import { expandRecords, type RecordLayout } from './segments.ts';

/** Numbers a point: sample, value, lane, index of the colour. A point of another lane begins a new line. */
export const POINT_FLOATS = 4;
export const LINE_COLOURS = 12;

/** How samples become places: CSS px in the view. */
export interface LinePlacement {
  /** CSS px a sample, and where sample 0 of the block lies. */
  readonly pxPerSample: number;
  readonly originX: number;
  /** Middle of lane 0, the distance between lanes, and CSS px a unit of the data (upwards). */
  readonly firstY: number;
  readonly pitch: number;
  readonly gain: number;
}

export interface ChannelLines {
  /** Replaces the points of a block; kept, not copied, so that they can be uploaded again after a context loss. */
  setBlock(key: string, points: Float32Array<ArrayBuffer>): void;
  /** Frees the blocks that `keep` refuses. */
  retain(keep: (key: string) => boolean): void;
  has(key: string): boolean;
  draw(view: View, key: string, placement: LinePlacement, style: LineStyle): void;
  destroy(): void;
}

export interface LineStyle {
  /** By index; at most LINE_COLOURS. */
  readonly colours: readonly Rgb[];
  /** CSS px. */
  readonly width: number;
  /** 0…1 */
  readonly alpha: number;
}

const VERT = `
precision highp float;
attribute vec2 corner;
attribute vec4 from, to;
uniform vec2 viewport, xMap;
uniform vec3 yMap;
uniform float width;
uniform vec3 palette[${LINE_COLOURS}];
varying vec2 local;
varying float size;
varying vec3 tint;
vec2 place(vec4 point) { return vec2(point.x * xMap.x + xMap.y, yMap.x + point.z * yMap.y - point.y * yMap.z); }
void main() {
  gl_Position = vec4(2., 2., 2., 1.);
  if (from.z != to.z || from.w != to.w || abs(from.y) > 1e37 || abs(to.y) > 1e37) return;
  vec2 a = place(from), b = place(to);
  if (max(a.x, b.x) < -2. || min(a.x, b.x) > viewport.x + 2.) return;
  size = length(b - a);
  vec2 along = size > 0. ? (b - a) / size : vec2(1., 0.);
  float ext = width * .5 + 1.;
  local = vec2(mix(-ext, size + ext, corner.x), corner.y * ext);
  vec2 at = a + along * local.x + vec2(-along.y, along.x) * local.y;
  tint = palette[0];
  for (int i = 1; i < ${LINE_COLOURS}; i++) if (abs(to.w - float(i)) < .5) tint = palette[i];
  gl_Position = vec4(at.x / viewport.x * 2. - 1., 1. - at.y / viewport.y * 2., 0., 1.);
}`;

const FRAG = `
precision highp float;
uniform float width, alpha;
varying vec2 local;
varying float size;
varying vec3 tint;
void main() {
  float cover = clamp(width * .5 + .5 - length(local - vec2(clamp(local.x, 0., size), 0.)), 0., 1.) * alpha;
  if (cover <= 0.) discard;
  gl_FragColor = vec4(tint * cover, cover);
}`;

const LAYOUT: RecordLayout = {
  floats: POINT_FLOATS,
  attributes: { from: { record: 0, float: 0, size: 4 }, to: { record: 1, float: 0, size: 4 } },
};

type Uniforms = { xMap: number[]; yMap: number[]; width: number; alpha: number } & Record<`palette[${number}]`, number[]>;
const PALETTE = Array.from({ length: LINE_COLOURS }, (_, i): `palette[${number}]` => `palette[${i}]`);
const UNIFORMS = ['xMap', 'yMap', 'width', 'alpha', ...PALETTE] as const;
const BROKEN = 3e38;

interface Block {
  readonly points: Float32Array<ArrayBuffer>;
}

/** NaN breaks a line, and is passed as a huge number, because shaders need not know NaN. */
function breakAtNaN(points: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let i = 1; i < points.length; i += POINT_FLOATS) if (Number.isNaN(points[i]!)) points[i] = BROKEN;
  return points;
}

export function createChannelLines(gl: Gl): ChannelLines {
  const blocks = new Map<string, Block>();
  const held = gl.keep(
    (regl) => {
      const fill = (points: Float32Array) =>
        regl.buffer({ data: expandRecords(points, POINT_FLOATS), type: 'float', usage: 'static' });
      const buffers = new Map<string, Buffer>();
      for (const [key, { points }] of blocks) buffers.set(key, fill(points));
      return { fill, buffers, call: makeDrawCall<Uniforms>(regl, { vert: VERT, frag: FRAG, shape: LAYOUT, uniforms: UNIFORMS }) };
    },
    ({ buffers }) => {
      for (const buffer of buffers.values()) buffer.destroy();
    },
  );
  const drop = (key: string) => {
    blocks.delete(key);
    held.current?.buffers.get(key)?.destroy();
    held.current?.buffers.delete(key);
  };
  return {
    setBlock: (key, points) => {
      drop(key);
      blocks.set(key, { points: breakAtNaN(points) });
      if (held.current && points.length > 0) held.current.buffers.set(key, held.current.fill(points));
    },
    retain: (keep) => {
      for (const key of [...blocks.keys()]) if (!keep(key)) drop(key);
    },
    has: (key) => blocks.has(key),
    draw: (view, key, { pxPerSample, originX, firstY, pitch, gain }, { colours, width, alpha }) => {
      const buffer = held.current?.buffers.get(key);
      const block = blocks.get(key);
      if (!held.current || !buffer || !block) return;
      const ratio = view.pixelRatio;
      const palette = Object.fromEntries(
        PALETTE.map((name, i) => [name, (colours[i] ?? colours[0] ?? [255, 255, 255]).map((part) => part / 255)]),
      );
      const uniforms = {
        ...palette,
        xMap: [pxPerSample * ratio, originX * ratio],
        yMap: [firstY * ratio, pitch * ratio, gain * ratio],
        width: Math.max(1, width * ratio),
        alpha,
      } as Uniforms;
      held.current.call(uniforms, viewportOf(view), { buffer, first: 0, count: block.points.length / POINT_FLOATS - 1 });
    },
    destroy: () => held.release(),
  };
}
