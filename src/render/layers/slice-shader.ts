// The shader of a slice: grey values through window, gamma and colour map; over them up to three label planes as fill and outline,
// or the first two compared. Labels are codes 0…255; what a code looks like is in a palette of 256 colours a plane.
import { SAMPLE_GLSL } from '../texture.ts';

/** Label planes under one image: truth, prediction, scribbles. */
export const LABEL_SLOTS = 3;

export const SLICE_FRAG = `
precision highp float;
${SAMPLE_GLSL}
uniform sampler2D colours, labels0, labels1, labels2, palette0, palette1, palette2;
uniform vec4 placement, shown, style0, style1, style2;
uniform vec3 hatchA, hatchB, colourTP, colourFP, colourFN;
uniform vec2 limits;
uniform float gamma, stripe, compare, chosen, swipe, highlight;
varying vec2 at;
vec2 pixelAt(vec2 device) { return floor((device - placement.zw) / placement.xy); }
bool outside(vec2 pixel) { return pixel.x < 0. || pixel.y < 0. || pixel.x >= shown.x || pixel.y >= shown.y; }
float code(sampler2D labels, vec2 pixel) {
  vec2 inside = clamp(pixel, vec2(0.), shown.xy - 1.);
  return floor(texture2D(labels, (inside + .5) / shown.xy).r * 255. + .5);
}
vec4 look(sampler2D palette, float label) { return texture2D(palette, vec2((label + .5) / 256., .5)); }
float differs(sampler2D labels, vec2 device, float label, float width) {
  float d = 0.;
  d += step(.5, abs(code(labels, pixelAt(device + vec2(width, 0.))) - label));
  d += step(.5, abs(code(labels, pixelAt(device - vec2(width, 0.))) - label));
  d += step(.5, abs(code(labels, pixelAt(device + vec2(0., width))) - label));
  d += step(.5, abs(code(labels, pixelAt(device - vec2(0., width))) - label));
  return min(d, 1.);
}
// style: fill opacity, outline opacity, outline width in device px, whether it is drawn
vec3 over(vec3 below, sampler2D labels, sampler2D palette, vec4 style, vec2 device, vec2 pixel) {
  if (style.w < .5) return below;
  float label = code(labels, pixel);
  vec4 colour = look(palette, label);
  if (colour.a < .5) return below;
  bool marked = abs(label - highlight) < .5;
  float edge = differs(labels, device, label, style.z * (marked ? 1.6 : 1.));
  vec3 filled = mix(below, colour.rgb, min(1., style.x + (marked ? .2 : 0.)));
  return mix(filled, marked ? mix(colour.rgb, vec3(1.), .55) : colour.rgb, edge * max(style.y, marked ? 1. : 0.));
}
vec3 errors(vec3 below, vec2 device, vec2 pixel) {
  float truth = code(labels0, pixel), found = code(labels1, pixel);
  bool isTruth = chosen < 0. ? truth > .5 : abs(truth - chosen) < .5;
  bool isFound = chosen < 0. ? found > .5 : abs(found - chosen) < .5;
  if (!isTruth && !isFound) return below;
  if (isTruth && isFound && abs(truth - found) < .5) return mix(below, colourTP, .45);
  // The second cue: extra is striped, missed is dotted.
  if (isFound) {
    float across = mod(device.x - device.y, 2. * stripe);
    return mix(below, colourFP, across < stripe ? .85 : .35);
  }
  vec2 cell = mod(device, vec2(stripe)) - stripe * .5;
  return mix(below, colourFN, length(cell) < stripe * .32 ? .95 : .35);
}
void main() {
  vec2 device = floor(at) + .5;
  vec2 pixel = pixelAt(device);
  if (outside(pixel)) discard;
  vec3 colour = vec3(0.);
  if (shown.w > .5) {
    float value = sampleAt(pixel);
    if (value == shown.z) {
      float across = mod((device.x - device.y) * .70710678, 2. * stripe);
      gl_FragColor = vec4(across < stripe ? hatchA : hatchB, 1.);
      return;
    }
    float span = limits.y - limits.x;
    float share = span == 0. ? (value > limits.x ? 1. : 0.) : clamp((value - limits.x) / span, 0., 1.);
    share = share > 0. ? pow(share, gamma) : 0.;
    colour = texture2D(colours, vec2((floor(share * 255. + .5) + .5) / 256., .5)).rgb;
  }
  if (compare > .5) colour = errors(colour, device, pixel);
  else {
    if (swipe < 0. || device.x < swipe) colour = over(colour, labels0, palette0, style0, device, pixel);
    if (swipe < 0. || device.x >= swipe) colour = over(colour, labels1, palette1, style1, device, pixel);
  }
  colour = over(colour, labels2, palette2, style2, device, pixel);
  gl_FragColor = vec4(colour, 1.);
}`;
