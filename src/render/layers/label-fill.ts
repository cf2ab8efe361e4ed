// Fills regions with a translucent colour: a label image (0 = none, k = region k − 1) and the shared styles.
import { SomascopeError } from '../../base/errors.ts';
import type { Camera } from '../camera.ts';
import { placementOf } from '../camera.ts';
import type { Gl } from '../context.ts';
import type { LabelImage } from '../picking.ts';
import type { SampleTexture, SampleUniforms } from '../texture.ts';
import { makeSampleTexture, SAMPLE_GLSL } from '../texture.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';
import type { RegionStyles, StyleUniforms } from './region-style.ts';
import { STYLE_GLSL, STYLE_UNIFORMS } from './region-style.ts';

export interface LabelFillLayer {
  /** Kept, not copied. Throws `Unsupported` for more than 65,535 regions. */
  setLabels(labels: LabelImage): void;
  draw(view: View, camera: Camera): void;
  destroy(): void;
}

const FRAG = `
precision highp float;
${SAMPLE_GLSL}
${STYLE_GLSL}
uniform vec3 placement;
varying vec2 at;
void main() {
  vec2 pixel = floor((floor(at) + .5 - placement.yz) / placement.x);
  if (pixel.x < 0. || pixel.y < 0. || pixel.x >= extent.x || pixel.y >= extent.y) discard;
  float label = sampleAt(pixel);
  float kind = label > 0. ? classOf(label - 1.) : 255.;
  if (kind > 254.) discard;
  vec4 style = styleOf(kind, 0.);
  gl_FragColor = vec4(style.rgb * style.a, style.a);
}`;

type Uniforms = SampleUniforms & StyleUniforms & { placement: number[] };
type Labels = LabelImage<Uint16Array<ArrayBuffer>>;

function isDrawable(labels: LabelImage): labels is Labels {
  return labels.data instanceof Uint16Array;
}

export function createLabelFillLayer(gl: Gl, styles: RegionStyles): LabelFillLayer {
  let labels: Labels | null = null;
  const upload = (samples: SampleTexture, of: Labels | null) => {
    if (of) samples.put(of.data, of.height, of.width);
  };
  const held = gl.keep(
    (regl) => {
      const samples = makeSampleTexture(regl);
      upload(samples, labels);
      const uniforms = [...STYLE_UNIFORMS, 'samples', 'extent', 'weights', 'negative', 'placement'] as const;
      return { samples, draw: makeDrawCall<Uniforms>(regl, { vert: COVER_VERT, frag: FRAG, shape: 'cover', uniforms }) };
    },
    ({ samples }) => samples.destroy(),
  );
  return {
    setLabels: (next) => {
      if (!isDrawable(next))
        throw new SomascopeError('Unsupported', 'More than 65,535 regions cannot be filled.', {}, 'Show them as outlines.');
      if (held.current) upload(held.current.samples, next);
      labels = next;
    },
    draw: (view, camera) => {
      const shared = styles.uniforms();
      if (!held.current || !shared || !labels) return;
      const { scale, left, top } = placementOf(camera, view);
      held.current.draw({ ...shared, ...held.current.samples.uniforms(), placement: [scale, left, top] }, viewportOf(view));
    },
    destroy: () => held.release(),
  };
}
