// The shader of the 3-D panel: rays through a volume whose slices lie as tiles of a 2-D atlas (WebGL1 has no 3-D textures).
// Modes: maximum projection of the grey values; surfaces of the labels that are shown; grey values as a lit cloud. Three slices may cut
// it: they hide what is behind them.

export const VOLUME_FRAG = `
precision highp float;
uniform sampler2D grey, labels, palette, colours;
uniform vec3 size, extent, tiles, backward;
uniform mat3 turn;
uniform vec2 limits;
uniform float zoom, mode, steps, gamma;
varying vec2 at;
// Where slices cut the box, shares of it, and whether they do.
uniform vec3 slices;
uniform float sliced;
// The picture may be drawn in bands: its size, and the first row of this one.
uniform vec2 whole;
uniform float band;
vec2 tileAt(float z, vec2 p) {
  float row = floor((z + .5) / tiles.x);
  float col = z - row * tiles.x;
  vec2 inside = clamp(p, vec2(.5), size.xy - .5);
  return (vec2(col, row) * size.xy + inside) / (tiles.xy * size.xy);
}
// p in voxels
float greyAt(vec3 p) {
  float z = clamp(p.z - .5, 0., size.z - 1.);
  float below = floor(z);
  float a = texture2D(grey, tileAt(below, p.xy)).r;
  float b = texture2D(grey, tileAt(min(below + 1., size.z - 1.), p.xy)).r;
  return mix(a, b, z - below);
}
vec4 labelAt(vec3 p) {
  vec3 inside = clamp(floor(p), vec3(0.), size - 1.);
  float code = texture2D(labels, tileAt(inside.z, inside.xy + .5)).r;
  return texture2D(palette, vec2((floor(code * 255. + .5) + .5) / 256., .5));
}
float solid(vec3 p) { return labelAt(p).a; }
vec3 normalAt(vec3 p) {
  vec3 n = vec3(0.);
  for (int i = 1; i <= 2; i++) {
    float d = float(i);
    n += vec3(
      solid(p - vec3(d, 0., 0.)) - solid(p + vec3(d, 0., 0.)),
      solid(p - vec3(0., d, 0.)) - solid(p + vec3(0., d, 0.)),
      solid(p - vec3(0., 0., d)) - solid(p + vec3(0., 0., d)));
    n += .7 * (solid(p - d) - solid(p + d));
    n += vec3(.7, .7, -.7) * (solid(p - vec3(d, d, -d)) - solid(p + vec3(d, d, -d)));
    n += vec3(.7, -.7, .7) * (solid(p - vec3(d, -d, d)) - solid(p + vec3(d, -d, d)));
    n += vec3(-.7, .7, .7) * (solid(p - vec3(-d, d, d)) - solid(p + vec3(-d, d, d)));
  }
  return length(n) > 0. ? normalize(n) : -backward;
}
float windowed(float value) {
  float share = clamp((value - limits.x) / max(limits.y - limits.x, 1e-4), 0., 1.);
  return share > 0. ? pow(share, gamma) : 0.;
}
vec3 coloured(float share) { return texture2D(colours, vec2((share * 255. + .5) / 256., .5)).rgb; }
void main() {
  vec2 screen = (at + vec2(0., band) - whole * .5) / (min(whole.x, whole.y) * zoom);
  // World: the box is centred, its longest side 1; x right, y down, z away.
  vec3 from = turn * vec3(screen, -2.), to = turn * vec3(0., 0., 1.);
  vec3 half_ = extent * .5;
  vec3 inverse = 1. / (to + vec3(1e-5) * step(abs(to), vec3(1e-5)));
  vec3 a = (-half_ - from) * inverse, b = (half_ - from) * inverse;
  vec3 near = min(a, b), far = max(a, b);
  float enter = max(max(near.x, near.y), max(near.z, 0.)), leave = min(min(far.x, far.y), far.z);
  if (leave <= enter) { gl_FragColor = vec4(0.); return; }
  float stop = leave;
  if (sliced > .5) {
    vec3 cut = ((slices - .5) * extent - from) * inverse;
    if (cut.x > enter) stop = min(stop, cut.x);
    if (cut.y > enter) stop = min(stop, cut.y);
    if (cut.z > enter) stop = min(stop, cut.z);
  }
  bool isCut = stop < leave;
  float last = isCut ? greyAt(((from + to * stop) / extent + .5) * size) : 0.;
  float stride = length(extent) / steps;
  float most = last;
  vec3 sum = vec3(0.);
  float through = 1.;
  float t = enter + stride * .5;
  for (int i = 0; i < 640; i++) {
    if (t >= stop) break;
    vec3 p = ((from + to * t) / extent + .5) * size;
    if (mode < .5) most = max(most, greyAt(p));
    else if (mode < 1.5) {
      vec4 colour = labelAt(p);
      if (colour.a > .5) {
        // Half a step back is nearer to the surface.
        vec3 n = normalAt(p);
        vec3 light = normalize(turn * vec3(-.4, -.7, -1.));
        float lit = .32 + .68 * max(0., dot(n, light));
        float depth = 1. - .45 * clamp((t - 1.4) / 1.2, 0., 1.);
        gl_FragColor = vec4(colour.rgb * lit * depth, 1.);
        return;
      }
    } else {
      float share = windowed(greyAt(p));
      float alpha = share * share * stride * 9.;
      sum += through * alpha * coloured(share);
      through *= 1. - min(1., alpha);
      if (through < .02) break;
    }
    t += stride;
  }
  vec3 behind = coloured(windowed(last));
  if (mode < .5) gl_FragColor = vec4(coloured(windowed(most)), 1.);
  else if (mode < 1.5) gl_FragColor = isCut ? vec4(behind, 1.) : vec4(0.);
  else gl_FragColor = isCut ? vec4(sum * 1.3 + through * behind, 1.) : vec4(sum * 1.3, 1. - through);
}`;

/** Shows the picture that the rays made, which may be coarser than the screen. */
export const BLIT_FRAG = `
precision highp float;
uniform sampler2D picture;
uniform vec2 viewport;
varying vec2 at;
void main() { gl_FragColor = texture2D(picture, vec2(at.x, viewport.y - at.y) / viewport); }`;
