// Millions of points (x, y, shade 0…1) as small squares: spikes over time and depth. Uploaded once; moving and zooming are uniforms.
import type { Buffer } from 'regl';
import type { Rgb } from '../colour.ts';
import type { Gl } from '../context.ts';
import { type View, viewportOf } from '../view.ts';

/** Numbers a point. */
export const POINT_SIZE = 3;

export interface PointPlacement {
  /** What lies at the left and right edge, and at the bottom and top. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export interface PointLook {
  readonly low: Rgb;
  readonly high: Rgb;
  /** CSS px. */
  readonly size: number;
  /** 0 … 1, of the brightest; less where points lie upon one another. */
  readonly alpha: number;
}

export interface PointCloud {
  /** [point][x, y, shade]; kept, not copied. */
  setPoints(points: Float32Array<ArrayBuffer>): void;
  /** Shade 0 has the colour `low`, shade 1 `high`. */
  draw(view: View, placement: PointPlacement, look: PointLook): void;
  destroy(): void;
}

const VERT = `
precision highp float;
attribute vec3 point;
uniform vec4 window;
uniform float size;
varying float shade;
void main() {
  shade = point.z;
  gl_PointSize = size;
  gl_Position = vec4((point.x - window.x) / (window.y - window.x) * 2. - 1., (point.y - window.z) / (window.w - window.z) * 2. - 1., 0., 1.);
}`;

const FRAG = `
precision highp float;
uniform vec3 low, high;
uniform float opacity;
varying float shade;
void main() {
  float alpha = mix(.4, 1., shade) * opacity;
  gl_FragColor = vec4(mix(low, high, shade) * alpha, alpha);
}`;

interface Props {
  readonly window: number[];
  readonly size: number;
  readonly opacity: number;
  readonly low: number[];
  readonly high: number[];
  readonly box: { x: number; y: number; width: number; height: number };
  readonly buffer: Buffer;
  readonly count: number;
}

export function createPointCloud(gl: Gl): PointCloud {
  let points: Float32Array<ArrayBuffer> = new Float32Array(0);
  const held = gl.keep(
    (regl) => {
      const buffer = regl.buffer({ data: points, type: 'float', usage: 'static' });
      const value = (name: keyof Props) => (_: unknown, props: Props) => props[name] as number[];
      const box = (_: unknown, props: Props) => props.box;
      const call = regl<Record<string, unknown>, Record<string, unknown>, Props>({
        vert: VERT,
        frag: FRAG,
        attributes: { point: (_: unknown, props: Props) => ({ buffer: props.buffer, size: POINT_SIZE }) },
        uniforms: {
          window: value('window'),
          size: value('size'),
          opacity: value('opacity'),
          low: value('low'),
          high: value('high'),
        },
        primitive: 'points',
        count: (_: unknown, props: Props) => props.count,
        depth: { enable: false },
        blend: { enable: true, func: { src: 'one', dst: 'one minus src alpha' } },
        viewport: box,
        scissor: { enable: true, box },
      });
      return { buffer, call };
    },
    ({ buffer }) => buffer.destroy(),
  );
  return {
    setPoints: (next) => {
      points = next;
      held.current?.buffer({ data: next, type: 'float', usage: 'static' });
    },
    draw: (view, { left, right, bottom, top }, { low, high, size, alpha }) => {
      const box = viewportOf(view);
      if (!held.current || points.length === 0 || box.width <= 0 || box.height <= 0) return;
      const tint = (colour: Rgb) => colour.map((part) => part / 255);
      held.current.call({
        window: [left, right, bottom, top],
        size: Math.max(1, size * view.pixelRatio),
        opacity: alpha,
        low: tint(low),
        high: tint(high),
        box,
        buffer: held.current.buffer,
        count: points.length / POINT_SIZE,
      });
    },
    destroy: () => held.release(),
  };
}
