// A strip of samples [channel][column] as colours: any stretch of its columns over any width, every row as high as the next. Where
// several columns fall into one px the one furthest from zero is shown, so that a spike never vanishes.
import type { Texture2D } from 'regl';
import { colormapTable, type Look } from '../colormap.ts';
import type { Gl } from '../context.ts';
import type { CodedPlane } from '../quantise.ts';
import { makeSampleTexture, SAMPLE_GLSL, type SampleTexture, type SampleUniforms } from '../texture.ts';
import { type View, viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';

export interface HeatMapPlacement {
  /** CSS px where column 0 begins, and CSS px a column. */
  readonly originX: number;
  readonly pxPerColumn: number;
  /** Rows `firstRow` … `firstRow + rows` fill the view from top to bottom. */
  readonly firstRow: number;
  readonly rows: number;
}

export interface HeatMap {
  /** The plane is kept, not copied, so that it can be uploaded again after a context loss. Throws `Unsupported` when too large. */
  setBlock(key: string, plane: CodedPlane): void;
  retain(keep: (key: string) => boolean): void;
  has(key: string): boolean;
  planeOf(key: string): CodedPlane | undefined;
  draw(view: View, key: string, placement: HeatMapPlacement, look: Look): void;
  destroy(): void;
}

const FRAG = `
precision highp float;
${SAMPLE_GLSL}
uniform sampler2D colours;
uniform vec2 xMap, rowMap, limits, size;
uniform float zero;
varying vec2 at;
void main() {
  float row = floor(rowMap.x + at.y / rowMap.y);
  float left = (floor(at.x) - xMap.x) / xMap.y, right = (floor(at.x) + 1. - xMap.x) / xMap.y;
  if (right <= 0. || left >= size.x || row < 0. || row >= size.y) discard;
  float first = clamp(floor(left), 0., size.x - 1.), last = clamp(ceil(right) - 1., first, size.x - 1.);
  float code = sampleAt(vec2(first, row));
  for (int i = 1; i < 8; i++) {
    float column = first + float(i);
    if (column > last) break;
    float other = sampleAt(vec2(column, row));
    if (abs(other - zero) > abs(code - zero)) code = other;
  }
  float span = limits.y - limits.x;
  float share = span == 0. ? (code > limits.x ? 1. : 0.) : clamp((code - limits.x) / span, 0., 1.);
  gl_FragColor = vec4(texture2D(colours, vec2((floor(share * 255. + .5) + .5) / 256., .5)).rgb, 1.);
}`;

type Uniforms = SampleUniforms & {
  colours: Texture2D;
  xMap: number[];
  rowMap: number[];
  limits: number[];
  size: number[];
  zero: number;
};
const UNIFORMS = ['samples', 'extent', 'weights', 'negative', 'colours', 'xMap', 'rowMap', 'limits', 'size', 'zero'] as const;

export function createHeatMap(gl: Gl): HeatMap {
  const planes = new Map<string, CodedPlane>();
  let map = '';
  const held = gl.keep(
    (regl) => {
      const make = (plane: CodedPlane): SampleTexture => {
        const texture = makeSampleTexture(regl);
        if (plane.data.length > 0) texture.put(plane.data, plane.height, plane.width);
        return texture;
      };
      map = '';
      const textures = new Map<string, SampleTexture>();
      for (const [key, plane] of planes) textures.set(key, make(plane));
      const call = makeDrawCall<Uniforms>(regl, { vert: COVER_VERT, frag: FRAG, shape: 'cover', uniforms: UNIFORMS });
      return { make, textures, call, colours: regl.texture(1) };
    },
    ({ textures, colours }) => {
      for (const texture of [...textures.values(), colours]) texture.destroy();
    },
  );
  const drop = (key: string) => {
    planes.delete(key);
    held.current?.textures.get(key)?.destroy();
    held.current?.textures.delete(key);
  };
  return {
    setBlock: (key, plane) => {
      drop(key);
      planes.set(key, plane);
      if (held.current) held.current.textures.set(key, held.current.make(plane));
    },
    retain: (keep) => {
      for (const key of [...planes.keys()]) if (!keep(key)) drop(key);
    },
    has: (key) => planes.has(key),
    planeOf: (key) => planes.get(key),
    draw: (view, key, { originX, pxPerColumn, firstRow, rows }, look) => {
      const plane = planes.get(key);
      const texture = held.current?.textures.get(key);
      if (!held.current || !plane || !texture || plane.data.length === 0) return;
      if (map !== look.map) {
        map = look.map;
        const data = colormapTable(look.map);
        held.current.colours({ data, width: 256, height: 1, format: 'rgb', type: 'uint8', min: 'nearest', mag: 'nearest' });
      }
      const box = viewportOf(view);
      const code = (value: number) => (value - plane.offset) / plane.scale;
      held.current.call(
        {
          ...texture.uniforms(),
          colours: held.current.colours,
          xMap: [originX * view.pixelRatio, pxPerColumn * view.pixelRatio],
          rowMap: [firstRow, box.height / rows],
          limits: [code(look.low), code(look.high)],
          size: [plane.width, plane.height],
          zero: code(0),
        },
        box,
      );
    },
    destroy: () => held.release(),
  };
}
