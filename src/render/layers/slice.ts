// One slice of a volume with its labels in one draw call: image, up to three label planes [row, column] of codes 0…255, or the
// comparison of the first two. Pixels may be longer than wide: `aspect` says how far apart rows are.
import type { Regl, Texture2D } from 'regl';
import type { Camera } from '../camera.ts';
import { placementOf } from '../camera.ts';
import type { Look } from '../colormap.ts';
import { colormapTable } from '../colormap.ts';
import type { Rgb } from '../colour.ts';
import type { Gl } from '../context.ts';
import type { CodedPlane } from '../quantise.ts';
import { makeSampleTexture, type SampleUniforms } from '../texture.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';
import { HATCH, HATCH_STRIPE } from './image.ts';
import { LABEL_SLOTS, SLICE_FRAG } from './slice-shader.ts';

export type LabelSlot = 0 | 1 | 2;
const SLOTS: readonly LabelSlot[] = [0, 1, 2];

/** How a label plane is drawn; opacities 0…1, width in CSS px. */
export interface LabelStyle {
  readonly fill: number;
  readonly outline: number;
  readonly width: number;
}

/** What all slices of a view group have in common. */
export interface SliceLook {
  readonly look: Look;
  /** null: the plane is not drawn. */
  readonly labels: readonly (LabelStyle | null)[];
  /** Compares plane 0 (truth) with plane 1: of one class, or of all (−1); null draws them as classes. */
  readonly compare: number | null;
  /** Share of the width: truth left of it, prediction right; null: both everywhere. */
  readonly swipe: number | null;
  /** The class that stands out; null for none. */
  readonly highlight: number | null;
  /** Colours of agreement, extra and missed. */
  readonly errors: readonly [Rgb, Rgb, Rgb];
}

/** Camera units per pixel, along columns and rows. */
export interface Aspect {
  readonly col: number;
  readonly row: number;
}

export interface SlicePlane {
  /** null where there is no image, only labels. */
  readonly image: CodedPlane | null;
  readonly labels: readonly (Uint8Array<ArrayBuffer> | null)[];
  readonly height: number;
  readonly width: number;
  readonly aspect: Aspect;
  /** Where its corner lies, in camera units; the origin where it is absent. */
  readonly origin?: Aspect | undefined;
}

export interface SliceLayer {
  /** Kept, not copied. Throws `Unsupported` when too large for the graphics card. */
  setPlane(plane: SlicePlane): void;
  draw(view: View, camera: Camera, look: SliceLook, palettes: Palettes): void;
  destroy(): void;
}

/** The palettes of the label planes, shared by all slices of a view group. */
export interface Palettes {
  /** 256 × RGBA; alpha 0 hides the code. */
  set(slot: LabelSlot, table: Uint8Array<ArrayBuffer>): void;
  /** Null while the context is lost. */
  textures(): readonly Texture2D[] | null;
  destroy(): void;
}

const NEAREST = { min: 'nearest', mag: 'nearest', type: 'uint8' } as const;

export function createPalettes(gl: Gl): Palettes {
  const tables = SLOTS.map(() => new Uint8Array(256 * 4));
  const options = (slot: number) => ({ ...NEAREST, width: 256, height: 1, format: 'rgba' as const, data: tables[slot]! });
  const held = gl.keep(
    (regl: Regl) => SLOTS.map((slot) => regl.texture(options(slot))),
    (all) => {
      for (const texture of all) texture.destroy();
    },
  );
  return {
    set: (slot, table) => {
      tables[slot] = table;
      held.current?.[slot]?.(options(slot));
    },
    textures: () => held.current,
    destroy: () => held.release(),
  };
}

const UNIFORMS = [
  'samples',
  'extent',
  'weights',
  'negative',
  'colours',
  'labels0',
  'labels1',
  'labels2',
  'palette0',
  'palette1',
  'palette2',
  'placement',
  'shown',
  'style0',
  'style1',
  'style2',
  'hatchA',
  'hatchB',
  'colourTP',
  'colourFP',
  'colourFN',
  'limits',
  'gamma',
  'stripe',
  'compare',
  'chosen',
  'swipe',
  'highlight',
] as const;
type Uniforms = SampleUniforms & Record<Exclude<(typeof UNIFORMS)[number], keyof SampleUniforms>, Texture2D | number[] | number>;

const NO_CODE = 1e9;
const tint = (colour: Rgb) => colour.map((part) => part / 255);

export function createSliceLayer(gl: Gl): SliceLayer {
  let plane: SlicePlane | null = null;
  let map: Look['map'] = 'gray';
  const held = gl.keep(
    (regl) => {
      const made = {
        samples: makeSampleTexture(regl),
        colours: regl.texture(1),
        labels: SLOTS.map(() => regl.texture({ width: 1, height: 1, format: 'luminance' })),
        draw: makeDrawCall<Uniforms>(regl, { vert: COVER_VERT, frag: SLICE_FRAG, shape: 'cover', uniforms: UNIFORMS }),
        sizes: SLOTS.map(() => ''),
      };
      upload(made, plane);
      colour(made, map);
      return made;
    },
    ({ samples, colours, labels }) => {
      for (const texture of [samples, colours, ...labels]) texture.destroy();
    },
  );
  return {
    setPlane: (next) => {
      plane = next;
      if (held.current) upload(held.current, plane);
    },
    draw: (view, camera, { look, labels, compare, swipe, highlight, errors }, palettes) => {
      const textures = palettes.textures();
      if (!held.current || !plane || !textures) return;
      if (look.map !== map) colour(held.current, look.map);
      map = look.map;
      const { image, aspect, width, height, origin = { row: 0, col: 0 } } = plane;
      const { scale, left, top } = placementOf(camera, view);
      const code = (value: number) => (image ? (value - image.offset) / image.scale : value);
      const box = viewportOf(view);
      const styles = SLOTS.map((slot) => {
        const style = plane?.labels[slot] ? labels[slot] : null;
        return style ? [style.fill, style.outline, style.width * view.pixelRatio, 1] : [0, 0, 0, 0];
      });
      const canCompare = compare !== null && plane.labels[0] && plane.labels[1];
      held.current.draw(
        {
          ...held.current.samples.uniforms(),
          colours: held.current.colours,
          labels0: held.current.labels[0]!,
          labels1: held.current.labels[1]!,
          labels2: held.current.labels[2]!,
          palette0: textures[0]!,
          palette1: textures[1]!,
          palette2: textures[2]!,
          placement: [scale * aspect.col, scale * aspect.row, left + scale * origin.col, top + scale * origin.row],
          shown: [width, height, image?.missing ?? NO_CODE, image ? 1 : 0],
          style0: styles[0]!,
          style1: styles[1]!,
          style2: styles[2]!,
          hatchA: tint(HATCH[0]),
          hatchB: tint(HATCH[1]),
          colourTP: tint(errors[0]),
          colourFP: tint(errors[1]),
          colourFN: tint(errors[2]),
          limits: [code(look.low), code(look.high)],
          gamma: look.gamma,
          stripe: HATCH_STRIPE * view.pixelRatio,
          compare: canCompare ? 1 : 0,
          chosen: compare ?? -1,
          swipe: swipe === null ? -1 : swipe * box.width,
          highlight: highlight ?? -1,
        },
        box,
      );
    },
    destroy: () => held.release(),
  };
}

interface Made {
  readonly samples: ReturnType<typeof makeSampleTexture>;
  readonly colours: Texture2D;
  readonly labels: readonly Texture2D[];
  readonly sizes: string[];
}

function upload({ samples, labels, sizes }: Made, plane: SlicePlane | null): void {
  if (!plane) return;
  const { image, width, height } = plane;
  if (image && image.data.length > 0) samples.put(image.data, height, width);
  for (let slot = 0; slot < LABEL_SLOTS; slot++) {
    const data = plane.labels[slot];
    if (!data) continue;
    const size = `${width} ${height}`;
    if (sizes[slot] === size) labels[slot]!.subimage({ width, height, data });
    else labels[slot]!({ ...NEAREST, width, height, data, format: 'luminance' });
    sizes[slot] = size;
  }
}

function colour({ colours }: Made, map: Look['map']): void {
  colours({ ...NEAREST, data: colormapTable(map), width: 256, height: 1, format: 'rgb' });
}
