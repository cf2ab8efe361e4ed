// Draws the outlines of regions: per-region colour, width and dash from the shared styles, over a black casing at 55 %. Widths
// and dashes are in CSS px at any zoom. Neighbouring segments meet at the bisector of their angle and never overlap, so that
// the casing has one tone; dashes are stretched by a few per cent so that a whole number goes round.
import type { Steps } from '../../base/steps.ts';
import type { Camera } from '../camera.ts';
import { placementOf } from '../camera.ts';
import type { Gl } from '../context.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import type { Contours, PackedContours } from './contours.ts';
import { packContours, RECORD_FLOATS } from './contours.ts';
import { makeDrawCall } from './draw-call.ts';
import type { RegionStyles, StyleUniforms } from './region-style.ts';
import { STYLE_GLSL, STYLE_UNIFORMS } from './region-style.ts';
import { expandRecords, type RecordLayout } from './segments.ts';

export interface Highlight {
  readonly region: number;
  /** Class whose style it is drawn in, above all others. */
  readonly kind: number;
}

export interface OutlineLayer {
  /** Kept, not copied. */
  setContours(contours: Contours): void;
  setHighlights(highlights: readonly Highlight[]): void;
  /** Draws a slice a step, so that thousands of outlines need not hold up one frame. */
  steps(view: View, camera: Camera): Steps<void>;
  destroy(): void;
}

const VERT = `
precision highp float;
${STYLE_GLSL}
attribute vec2 corner, before, from, to, after;
attribute vec2 arc;
attribute float region;
uniform vec3 placement;
uniform vec2 viewport;
uniform float pixelRatio, casing, override;
varying vec2 local;
varying vec4 cut;
varying vec4 shape;
varying vec3 colour;
varying float dash;
vec2 place(vec2 point) { return point.yx * placement.x + placement.yz; }
vec2 direction(vec2 a, vec2 b) { vec2 d = b - a; float size = length(d); return size > 0. ? d / size : vec2(0.); }
void main() {
  gl_Position = vec4(2., 2., 2., 1.);
  float kind = override >= 0. ? override : region < 0. ? 255. : classOf(region);
  vec4 widths = styleOf(kind, 1.) * 255.;
  float total = (casing > .5 ? widths.y : widths.x) / 16. * pixelRatio;
  vec2 a = place(from), b = place(to), along = direction(a, b);
  if (region < 0. || kind > 254. || total <= 0. || along == vec2(0.)) return;
  // A line below one device px is drawn one px wide: it would only fade.
  float reach = max(1., total) * .5;
  vec2 normal = vec2(-along.y, along.x);
  float size = length(b - a), ext = reach + 1.;
  local = vec2(mix(-ext, size + ext, corner.x), corner.y * ext);
  vec2 at = a + along * local.x + normal * local.y;
  vec2 first = direction(place(before), a) + along, last = along + direction(b, place(after));
  cut = vec4(dot(at - a, first), dot(at - b + last * 1e-3, last), 0., 0.);
  shape = vec4(size, reach, arc.x * placement.x, arc.y * placement.x);
  colour = styleOf(kind, 0.).rgb;
  dash = floor(widths.z + .5);
  gl_Position = vec4(at.x / viewport.x * 2. - 1., 1. - at.y / viewport.y * 2., 0., 1.);
}`;

const FRAG = `
precision highp float;
uniform float pixelRatio, casing;
varying vec2 local;
varying vec4 cut;
varying vec4 shape;
varying vec3 colour;
varying float dash;
void main() {
  if (cut.x < 0. || cut.y > 0.) discard;
  float t = clamp(local.x, 0., shape.x);
  float away = length(local - vec2(t, 0.));
  float cover = clamp(shape.y + .5 - away, 0., 1.);
  if (casing < .5 && dash > .5) {
    float period = (dash > 1.5 ? 4.1 : 8.) * pixelRatio;
    period = shape.w / max(1., floor(shape.w / period + .5));
    float on = dash > 1.5 ? 0. : period * 5. / 8.;
    float off = abs(mod(shape.z + t - on * .5 + period * .5, period) - period * .5);
    cover = dash > 1.5 ? clamp(shape.y + .5 - length(vec2(off, away)), 0., 1.) : cover * clamp(on * .5 + .5 - off, 0., 1.);
  }
  if (cover <= 0.) discard;
  gl_FragColor = casing > .5 ? vec4(0., 0., 0., .55 * cover) : vec4(colour * cover, cover);
}`;

type Uniforms = StyleUniforms & { placement: number[]; pixelRatio: number; casing: number; override: number };

const LAYOUT: RecordLayout = {
  floats: RECORD_FLOATS,
  attributes: {
    before: { record: 0, float: 0, size: 2 },
    from: { record: 1, float: 0, size: 2 },
    arc: { record: 1, float: 2, size: 2 },
    region: { record: 1, float: 4, size: 1 },
    to: { record: 2, float: 0, size: 2 },
    after: { record: 3, float: 0, size: 2 },
  },
};
const EMPTY: PackedContours = { records: new Float32Array(0), segments: 0, spans: new Map() };

/** Segments of one step: about 10 ms where there is no graphics card. */
const SLICE = 8192;

/** Segments to draw, from the first to the last that belongs to a shown region. */
interface Shown {
  readonly first: number;
  readonly count: number;
}

/** Detections are ordered by confidence, so those below the cut are not even looked at. */
function shownSegments({ spans }: PackedContours, styles: RegionStyles): Shown {
  let first = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const [region, contours] of spans) {
    if (!styles.isShown(region)) continue;
    for (const [start, count] of contours) {
      first = Math.min(first, start);
      end = Math.max(end, start + count);
    }
  }
  return end > 0 ? { first, count: end - first } : { first: 0, count: 0 };
}

const verticesOf = ({ records }: PackedContours) => expandRecords(records, RECORD_FLOATS);

export function createOutlineLayer(gl: Gl, styles: RegionStyles): OutlineLayer {
  let packed = EMPTY;
  let shown: Shown = { first: 0, count: 0 };
  let shownOf = -1;
  let highlights: readonly Highlight[] = [];
  const held = gl.keep(
    (regl) => {
      const buffer = regl.buffer({ data: verticesOf(packed), type: 'float' });
      const draw = makeDrawCall<Uniforms>(regl, {
        vert: VERT,
        frag: FRAG,
        uniforms: [...STYLE_UNIFORMS, 'placement', 'pixelRatio', 'casing', 'override'],
        shape: LAYOUT,
      });
      return { buffer, draw };
    },
    ({ buffer }) => buffer.destroy(),
  );
  return {
    setContours: (contours) => {
      packed = packContours(contours);
      shownOf = -1;
      held.current?.buffer({ data: verticesOf(packed), type: 'float' });
    },
    setHighlights: (list) => {
      highlights = list;
    },
    *steps(view, camera) {
      const shared = styles.uniforms();
      if (!held.current || !shared || packed.segments === 0) return;
      if (shownOf !== styles.version) {
        shown = shownSegments(packed, styles);
        shownOf = styles.version;
      }
      const { buffer, draw } = held.current;
      const { scale, left, top } = placementOf(camera, view);
      const box = viewportOf(view);
      const uniforms = { ...shared, placement: [scale, left, top], pixelRatio: view.pixelRatio };
      const end = shown.first + shown.count;
      for (const casing of [1, 0]) {
        for (let first = shown.first; first < end; first += SLICE) {
          draw({ ...uniforms, casing, override: -1 }, box, { buffer, first, count: Math.min(SLICE, end - first) });
          yield (first - shown.first) / shown.count;
        }
      }
      for (const { region, kind } of highlights) {
        for (const casing of [1, 0]) {
          for (const [first, count] of packed.spans.get(region) ?? []) {
            draw({ ...uniforms, casing, override: kind }, box, { buffer, first, count });
          }
        }
      }
    },
    destroy: () => held.release(),
  };
}
