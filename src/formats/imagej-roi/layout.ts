// The ImageJ .roi record: big-endian, a header of 64 bytes, coordinates, then a second header. Byte offsets, numbers of types and
// options as RoiDecoder of ImageJ 1.54 knows them (github.com/imagej/ImageJ, ij/io/RoiDecoder.java, public domain).

export const HEADER_BYTES = 64;

export const AT = {
  version: 4,
  type: 6,
  top: 8,
  left: 10,
  bottom: 12,
  right: 14,
  /** Number of coordinates; where it is 0, a 32-bit number at `largeCount`. */
  count: 16,
  largeCount: 18,
  /** x, y, width, height as floats, of rectangles and ovals with sub-pixel resolution. */
  fineBox: 18,
  /** Number of floats of a composite; 0 for any other shape. */
  compositeFloats: 36,
  subtype: 48,
  options: 50,
  arcSize: 54,
  secondHeader: 60,
} as const;

export const TYPE = {
  polygon: 0,
  rectangle: 1,
  oval: 2,
  line: 3,
  freeline: 4,
  polyline: 5,
  none: 6,
  freehand: 7,
  traced: 8,
  angle: 9,
  points: 10,
} as const;

export const SUBTYPE = { text: 1, arrow: 2, ellipse: 3, image: 4, rotatedRectangle: 5 } as const;

export const OPTION = { spline: 1, subPixel: 128 } as const;

/** Versions that brought the fields which older files leave unset. */
export const SINCE = { subtype: 218, subPixel: 222, fineBox: 223 } as const;

/** Segments of a composite, each followed by so many floats. */
export const SEGMENT = { move: 0, line: 1, quadratic: 2, cubic: 3, close: 4 } as const;
export const SEGMENT_FLOATS: readonly number[] = [2, 2, 4, 6, 0];
