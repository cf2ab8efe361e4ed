// Lanes of traces over time: decimated polylines at least 1 device px wide, solid or dashed, event ticks at the foot of a lane
// and one playhead through all lanes. Time in seconds runs along x; each lane maps [low, high] to its own strip of y.
import type { Buffer } from 'regl';
import type { Rgb } from '../colour.ts';
import type { Gl } from '../context.ts';
import { decimate } from '../decimate.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import type { DrawCall } from './draw-call.ts';
import { makeDrawCall } from './draw-call.ts';
import { expandRecords, type RecordLayout } from './segments.ts';

/** A strip of the view: `top` and `height` in CSS px from the box's top, `low` at its foot and `high` at its head in data units. */
export interface Lane {
  readonly top: number;
  readonly height: number;
  readonly low: number;
  readonly high: number;
}

export interface TraceSeries {
  /** NaN breaks the line. Kept, not copied. */
  readonly values: Float32Array;
  /** Seconds between samples, and the time of the first. */
  readonly step: number;
  readonly start: number;
  readonly lane: Lane;
  readonly colour: Rgb;
  /** CSS px. */
  readonly width: number;
  /** 4 px on, 3 px off, along x. */
  readonly dashed: boolean;
}

export interface EventTicks {
  /** Seconds. */
  readonly times: ArrayLike<number>;
  readonly lane: Lane;
  readonly colour: Rgb;
  /** CSS px, upwards from the lane's foot. */
  readonly length: number;
}

export interface Playhead {
  readonly time: number;
  readonly colour: Rgb;
}

export interface TraceLayer {
  setSeries(series: readonly TraceSeries[]): void;
  setEvents(events: readonly EventTicks[]): void;
  setPlayhead(playhead: Playhead | null): void;
  /** Draws the seconds `from`…`to` over the width of the view. */
  draw(view: View, from: number, to: number): void;
  destroy(): void;
}

const VERT = `
precision highp float;
attribute vec2 corner, from, to;
uniform vec2 viewport, xMap, yMap;
uniform float width, upright;
varying vec2 local;
varying float size, x;
// NaN is passed as a huge number, because shaders need not know NaN.
bool broken(vec2 point) { return abs(point.y) > 1e37; }
void main() {
  gl_Position = vec4(2., 2., 2., 1.);
  if (broken(from) || broken(to)) return;
  vec2 a = from * vec2(xMap.x, yMap.x) + vec2(xMap.y, yMap.y), b = to * vec2(xMap.x, yMap.x) + vec2(xMap.y, yMap.y);
  // Upright marks stand on whole device px, so that they are one px wide and not two pale ones.
  if (upright > .5) a.x = b.x = floor(a.x) + .5;
  size = length(b - a);
  vec2 along = size > 0. ? (b - a) / size : vec2(1., 0.);
  float ext = width * .5 + 1.;
  local = vec2(mix(-ext, size + ext, corner.x), corner.y * ext);
  vec2 at = a + along * local.x + vec2(-along.y, along.x) * local.y;
  x = at.x;
  gl_Position = vec4(at.x / viewport.x * 2. - 1., 1. - at.y / viewport.y * 2., 0., 1.);
}`;

const FRAG = `
precision highp float;
uniform vec3 colour;
uniform float width, dash;
varying vec2 local;
varying float size, x;
void main() {
  if (dash > 0. && mod(x, dash * 7.) > dash * 4.) discard;
  float cover = clamp(width * .5 + .5 - length(local - vec2(clamp(local.x, 0., size), 0.)), 0., 1.);
  if (cover <= 0.) discard;
  gl_FragColor = vec4(colour * cover, cover);
}`;

type Uniforms = { xMap: number[]; yMap: number[]; width: number; colour: number[]; dash: number; upright: number };

/** A polyline: each record is a point, and joined to the next. Marks: each record is a pair of points. */
const POINTS: RecordLayout = {
  floats: 2,
  attributes: { from: { record: 0, float: 0, size: 2 }, to: { record: 1, float: 0, size: 2 } },
};
const PAIRS: RecordLayout = {
  floats: 4,
  attributes: { from: { record: 0, float: 0, size: 2 }, to: { record: 0, float: 2, size: 2 } },
};

const BROKEN = 3e38;
const UNIFORMS = ['xMap', 'yMap', 'width', 'colour', 'dash', 'upright'] as const;

/** The part of a buffer's content that depends on the window; rebuilt when it changes. */
interface Line {
  readonly buffer: Buffer;
  window: string;
  records: number;
}

function breakAtNaN(points: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (let i = 1; i < points.length; i += 2) if (Number.isNaN(points[i]!)) points[i] = BROKEN;
  return points;
}

/** Ticks within the window as pairs of points (column, 0) and (column, 1). */
function tickPoints(times: ArrayLike<number>, from: number, to: number, columns: number): Float32Array<ArrayBuffer> {
  const inside = Array.from(times).filter((time) => time >= from && time <= to);
  return Float32Array.from(
    inside.flatMap((time) => [((time - from) / (to - from)) * columns, 0, ((time - from) / (to - from)) * columns, 1]),
  );
}

export function createTraceLayer(gl: Gl): TraceLayer {
  let series: readonly TraceSeries[] = [];
  let events: readonly EventTicks[] = [];
  let playhead: Playhead | null = null;

  const held = gl.keep(
    (regl) => {
      const setup = { vert: VERT, frag: FRAG, uniforms: UNIFORMS };
      return {
        polyline: makeDrawCall<Uniforms>(regl, { ...setup, shape: POINTS }),
        marks: makeDrawCall<Uniforms>(regl, { ...setup, shape: PAIRS }),
        lines: new Map<object, Line>(),
        newBuffer: () => regl.buffer({ data: new Float32Array(0), type: 'float', usage: 'dynamic' }),
      };
    },
    ({ lines }) => {
      for (const { buffer } of lines.values()) buffer.destroy();
    },
  );

  /** Frees what is no longer drawn; the rest is filled again, because the caller may have written into the same arrays. */
  const refresh = () => {
    for (const [key, line] of held.current?.lines ?? []) {
      line.window = '';
      if (series.some((one) => one.values === key) || events.some((one) => one.times === key)) continue;
      line.buffer.destroy();
      held.current?.lines.delete(key);
    }
  };

  /** The buffer of `key`, filled by `make` unless it was for the same window. */
  const lineFor = (key: object, window: string, { floats }: RecordLayout, make: () => Float32Array<ArrayBuffer>): Line => {
    const { lines, newBuffer } = held.current!;
    const line = lines.get(key) ?? { buffer: newBuffer(), window: '', records: 0 };
    lines.set(key, line);
    if (line.window !== window) {
      const records = make();
      line.buffer({ data: expandRecords(records, floats), type: 'float', usage: 'dynamic' });
      line.window = window;
      line.records = records.length / floats;
    }
    return line;
  };

  return {
    setSeries: (next) => {
      series = next;
      refresh();
    },
    setEvents: (next) => {
      events = next;
      refresh();
    },
    setPlayhead: (next) => {
      playhead = next;
    },
    draw: (view, from, to) => {
      if (!held.current || !(to > from)) return;
      const { polyline, marks } = held.current;
      const box = viewportOf(view);
      const { pixelRatio } = view;
      const widthOf = (css: number) => Math.max(1, css * pixelRatio);
      const tint = (colour: Rgb) => colour.map((part) => part / 255);
      for (const { values, step, start, lane, colour, width, dashed } of series) {
        const [first, last] = [(from - start) / step, (to - start) / step];
        const line = lineFor(values, `${first} ${last} ${box.width}`, POINTS, () =>
          breakAtNaN(decimate(values, first, last, box.width)),
        );
        const gain = (-lane.height * pixelRatio) / (lane.high - lane.low || 1);
        const yMap = [gain, (lane.top + lane.height) * pixelRatio - lane.low * gain];
        const uniforms = {
          xMap: [1, 0],
          yMap,
          width: widthOf(width),
          colour: tint(colour),
          dash: dashed ? pixelRatio : 0,
          upright: 0,
        };
        polyline(uniforms, box, { buffer: line.buffer, first: 0, count: Math.max(0, line.records - 1) });
      }
      drawMarks(marks, view, from, to);
    },
    destroy: () => held.release(),
  };

  function drawMarks(marks: DrawCall<Uniforms>, view: View, from: number, to: number): void {
    const box = viewportOf(view);
    const { pixelRatio } = view;
    const mark = (line: Line, colour: Rgb, foot: number, length: number) =>
      marks(
        {
          xMap: [1, 0],
          yMap: [-length, foot],
          width: Math.max(1, Math.round(pixelRatio)),
          colour: colour.map((part) => part / 255),
          dash: 0,
          upright: 1,
        },
        box,
        { buffer: line.buffer, first: 0, count: line.records },
      );
    for (const { times, lane, colour, length } of events) {
      const line = lineFor(times, `${from} ${to} ${box.width}`, PAIRS, () => tickPoints(times, from, to, box.width));
      mark(line, colour, (lane.top + lane.height) * pixelRatio, length * pixelRatio);
    }
    if (!playhead) return;
    const { time, colour } = playhead;
    const line = lineFor(PLAYHEAD, `${time} ${from} ${to} ${box.width}`, PAIRS, () => tickPoints([time], from, to, box.width));
    mark(line, colour, box.height, box.height);
  }
}

const PLAYHEAD = {};
