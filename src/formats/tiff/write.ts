// One plain page: uint16, uncompressed, one strip, little-endian. The description is ImageJ's own (key=value lines), so that Fiji
// knows the range of grey values and the scale. Source: TIFF 6.0; ImageJ's FileInfo.getDescriptionString.

export interface TiffNotes {
  /** Pixels per micrometre; null where the scale is unknown. */
  readonly pixelsPerMicron: number | null;
  /** Further lines `key=value` of ASCII; ImageJ keeps them as properties of the image. */
  readonly lines: readonly string[];
}

const SHORT = 3;
const LONG = 4;
const ASCII = 2;
const RATIONAL = 5;
const TYPE_BYTES: Readonly<Record<number, number>> = { [SHORT]: 2, [LONG]: 4, [ASCII]: 1, [RATIONAL]: 8 };
const DIRECTORY_AT = 8;
const RATIO = 1_000_000;

type Tag = readonly [tag: number, type: number, values: readonly number[]];

/** `data` is [row, column], `height` × `width`. */
export function writeTiff(data: Uint16Array, height: number, width: number, notes: TiffNotes): Uint8Array<ArrayBuffer> {
  const tags = tagsOf(data, height, width, notes);
  const outside = tags.filter(([, type, values]) => bytesOf(type, values) > 4);
  let at = DIRECTORY_AT + 2 + 12 * tags.length + 4;
  const places = new Map(
    outside.map((tag) => {
      const place = at;
      at += bytesOf(tag[1], tag[2]) + (bytesOf(tag[1], tag[2]) % 2);
      return [tag, place];
    }),
  );
  const pixelsAt = at;
  const view = new DataView(new ArrayBuffer(pixelsAt + 2 * data.length));
  view.setUint16(0, 0x4949);
  view.setUint16(2, 42, true);
  view.setUint32(4, DIRECTORY_AT, true);
  view.setUint16(DIRECTORY_AT, tags.length, true);
  tags.forEach((tag, i) => {
    const [number, type, values] = tag;
    const entry = DIRECTORY_AT + 2 + 12 * i;
    view.setUint16(entry, number, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, values.length / (type === RATIONAL ? 2 : 1), true);
    const place = places.get(tag);
    if (place !== undefined) view.setUint32(entry + 8, place, true);
    putValues(view, place ?? entry + 8, type, number === STRIP_OFFSETS ? [pixelsAt] : values);
  });
  for (let i = 0; i < data.length; i++) view.setUint16(pixelsAt + 2 * i, data[i]!, true);
  return new Uint8Array(view.buffer);
}

const STRIP_OFFSETS = 273;

/** In ascending order, as the format asks. */
function tagsOf(data: Uint16Array, height: number, width: number, { pixelsPerMicron, lines }: TiffNotes): Tag[] {
  const largest = data.reduce((top, value) => Math.max(top, value), 0);
  const unit = pixelsPerMicron === null ? [] : ['unit=micron'];
  const description = ['ImageJ=1.54f', 'images=1', ...unit, 'min=0.0', `max=${largest}.0`, ...lines, ''].join('\n');
  const scale = pixelsPerMicron === null ? null : [Math.round(pixelsPerMicron * RATIO), RATIO];
  return [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, [16]],
    [259, SHORT, [1]],
    [262, SHORT, [1]],
    [270, ASCII, Array.from(`${description}\0`, (char) => char.charCodeAt(0) & 0x7f)],
    [STRIP_OFFSETS, LONG, [0]],
    [277, SHORT, [1]],
    [278, LONG, [height]],
    [279, LONG, [2 * data.length]],
    ...(scale ? ([[282, RATIONAL, scale] as const, [283, RATIONAL, scale] as const] as const) : []),
    [296, SHORT, [1]],
    [339, SHORT, [1]],
  ];
}

function bytesOf(type: number, values: readonly number[]): number {
  return (values.length / (type === RATIONAL ? 2 : 1)) * TYPE_BYTES[type]!;
}

function putValues(view: DataView, at: number, type: number, values: readonly number[]): void {
  const bytes = type === RATIONAL ? 4 : TYPE_BYTES[type]!;
  values.forEach((value, i) => {
    if (bytes === 1) view.setUint8(at + i, value);
    else if (bytes === 2) view.setUint16(at + 2 * i, value, true);
    else view.setUint32(at + 4 * i, value, true);
  });
}
