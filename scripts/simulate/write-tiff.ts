// One frame as the neurofinder files hold it: 214 bytes of header, then raw little-endian uint16 samples, row by row, in one strip.
const HEADER = 214;
const SHORT = 3;
const LONG = 4;
const ASCII = 2;
const SOFTWARE = 'somascope\0';
const DATE = '2020:01:01 00:00:00\0';

export function writeTiff(frame: Uint16Array, height: number, width: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER + frame.length * 2);
  const view = new DataView(bytes.buffer);
  const softwareAt = 8 + 2 + 14 * 12 + 4;
  const dateAt = HEADER - DATE.length;
  const tags = [
    [254, LONG, 1, 0],
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 1, 16],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 1],
    [273, LONG, 1, HEADER],
    [274, SHORT, 1, 1],
    [277, SHORT, 1, 1],
    [278, LONG, 1, height],
    [279, LONG, 1, frame.length * 2],
    [305, ASCII, SOFTWARE.length, softwareAt],
    [306, ASCII, DATE.length, dateAt],
    [339, SHORT, 1, 1],
  ] as const;
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, 8, true);
  view.setUint16(8, tags.length, true);
  tags.forEach(([tag, type, count, value], i) => {
    const at = 10 + 12 * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    if (type === SHORT) view.setUint16(at + 8, value, true);
    else view.setUint32(at + 8, value, true);
  });
  const text = new TextEncoder();
  bytes.set(text.encode(SOFTWARE), softwareAt);
  bytes.set(text.encode(DATE), dateAt);
  for (let i = 0; i < frame.length; i++) view.setUint16(HEADER + 2 * i, frame[i]!, true);
  return bytes;
}
