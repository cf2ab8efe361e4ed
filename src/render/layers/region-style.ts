// How regions look: a class (one byte) per region and a table of styles per class, both small textures that the outlines and
// the fill share. Changing the classes of thousands of regions uploads a few kilobytes and rebuilds nothing.
import type { Regl, Texture2D } from 'regl';
import type { Rgb } from '../colour.ts';
import type { Gl } from '../context.ts';

export type Dash = 'solid' | 'dashed' | 'dotted';

export interface RegionStyle {
  readonly colour: Rgb;
  /** CSS px, up to 15. */
  readonly width: number;
  /** Total width of the black casing below the line in CSS px; 0 for none. */
  readonly casing: number;
  /** dashed: 5 on, 3 off; dotted: a round dot every 4.1 CSS px. */
  readonly dash: Dash;
  /** Opacity of the fill, 0…1. */
  readonly fill: number;
}

/** Class of regions that are not drawn. */
export const HIDDEN = 255;
/** Indices into `overlayStyles`. */
export const CLASS = { matched: 0, extra: 1, missed: 2, plain: 3, selected: 4, leftOut: 5 } as const;

export interface OverlayColours {
  readonly matched: Rgb;
  readonly extra: Rgb;
  readonly missed: Rgb;
  readonly plain: Rgb;
  readonly selected: Rgb;
  readonly leftOut: Rgb;
}

/** The result overlay in the order of `CLASS`; `width` is 2 for predictions and 1 for truth (CSS px). */
export function overlayStyles(colours: OverlayColours, width: 1 | 2): RegionStyle[] {
  const style = (colour: Rgb, dash: Dash): RegionStyle => ({ colour, width, casing: width + 1.5, dash, fill: 0.35 });
  return [
    style(colours.matched, 'solid'),
    style(colours.extra, 'dashed'),
    style(colours.missed, 'dotted'),
    style(colours.plain, 'solid'),
    { colour: colours.selected, width: width + 0.5, casing: width + 4, dash: 'solid', fill: 0.35 },
    { ...style(colours.leftOut, 'dotted'), width: 1.5, casing: 3, fill: 0.1 },
  ];
}

const ROW = 256;
const DASHES: readonly Dash[] = ['solid', 'dashed', 'dotted'];

/** `styleOf(class, row)` reads the table; `classOf(region)` the class of a region. */
export const STYLE_GLSL = `
uniform sampler2D classes, styles;
uniform vec2 classExtent;
float classOf(float region) {
  float row = floor((region + .5) / ${ROW}.);
  vec2 texel = vec2(region - row * ${ROW}., row);
  return floor(texture2D(classes, (texel + .5) / classExtent).r * 255. + .5);
}
vec4 styleOf(float kind, float row) {
  return texture2D(styles, vec2((kind + .5) / 256., (row + .5) / 2.));
}`;

export const STYLE_UNIFORMS = ['classes', 'styles', 'classExtent'] as const;

export type StyleUniforms = { classes: Texture2D; styles: Texture2D; classExtent: number[] };

export interface RegionStyles {
  /** One class per region; regions beyond its end are hidden. */
  setClasses(classes: Uint8Array): void;
  /** Whether a region is drawn at all. */
  isShown(region: number): boolean;
  /** Counts up with every `setClasses`. */
  readonly version: number;
  /** At most 255 styles, the index is the class. */
  setStyles(styles: readonly RegionStyle[]): void;
  /** Null while the context is lost. */
  uniforms(): StyleUniforms | null;
  destroy(): void;
}

/** Row 0: colour and fill opacity; row 1: width and casing in sixteenths of a CSS px, dash. */
function tableOf(styles: readonly RegionStyle[]): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(2 * 256 * 4);
  styles.slice(0, HIDDEN).forEach(({ colour, width, casing, dash, fill }, i) => {
    table.set([...colour, Math.round(255 * fill)], i * 4);
    table.set([Math.round(16 * width), Math.round(16 * casing), DASHES.indexOf(dash)], (256 + i) * 4);
  });
  return table;
}

export function createRegionStyles(gl: Gl): RegionStyles {
  let version = 0;
  let padded = new Uint8Array(ROW).fill(HIDDEN);
  let table = tableOf([]);
  const nearest = { min: 'nearest', mag: 'nearest', type: 'uint8' } as const;
  const classOptions = () => ({
    ...nearest,
    width: ROW,
    height: padded.length / ROW,
    data: padded,
    format: 'luminance' as const,
  });
  const styleOptions = () => ({ ...nearest, width: 256, height: 2, data: table, format: 'rgba' as const });
  const held = gl.keep(
    (regl: Regl) => ({ classes: regl.texture(classOptions()), styles: regl.texture(styleOptions()) }),
    ({ classes, styles }) => {
      classes.destroy();
      styles.destroy();
    },
  );
  return {
    get version() {
      return version;
    },
    isShown: (region) => (padded[region] ?? HIDDEN) !== HIDDEN,
    setClasses: (classes) => {
      version++;
      const length = Math.max(1, Math.ceil(classes.length / ROW)) * ROW;
      const grown = length !== padded.length;
      if (grown) padded = new Uint8Array(length);
      padded.set(classes);
      padded.fill(HIDDEN, classes.length);
      if (grown) held.current?.classes(classOptions());
      else held.current?.classes.subimage({ width: ROW, height: length / ROW, data: padded });
    },
    setStyles: (styles) => {
      table = tableOf(styles);
      held.current?.styles.subimage({ width: 256, height: 2, data: table });
    },
    uniforms: () => held.current && { ...held.current, classExtent: [ROW, padded.length / ROW] },
    destroy: () => held.release(),
  };
}
