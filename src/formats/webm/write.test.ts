// The file as another reader sees it: every element within its parent, places that point at what they name, times, tags.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { type EbmlElement, ebmlAt, ebmlNumber, ebmlText, readEbml } from '../../test/ebml-reader.ts';
import { bigEndian, element } from './ebml.ts';
import { type WebmCue, type WebmVideo, webmCluster, webmCues, webmHead } from './write.ts';

const VIDEO: WebmVideo = {
  codec: 'vp9',
  width: 245,
  height: 249,
  durationMs: 1000,
  frameMs: 1000 / 7,
  colour: { matrix: 1, transfer: 13, primaries: 1, isFullRange: true },
  title: '00.00, µ',
  writer: 'Somascope 1.0.0',
  tags: { SOMASCOPE_RECIPE: '{"steps": []}' },
};
const SEGMENT = 0x18538067;

/** Seven frames in two clusters, put together as a streaming writer does. */
function wholeFile(): Uint8Array<ArrayBuffer> {
  const frame = (i: number) => ({ timeMs: Math.round((i * 1000) / 7), isKey: i % 4 === 0, data: Uint8Array.of(i, 7, 9) });
  const groups = [
    [0, 1, 2, 3],
    [4, 5, 6],
  ].map((list) => list.map(frame));
  const parts = [webmHead(VIDEO)];
  const cues: WebmCue[] = [];
  const size = () => parts.reduce((sum, { length }) => sum + length, 0);
  for (const group of groups) {
    cues.push({ timeMs: group[0]!.timeMs, at: size() });
    parts.push(webmCluster(group));
  }
  const cuesAt = size();
  parts.push(webmCues(cues));
  const head = webmHead(VIDEO, { cuesAt, fileBytes: size() });
  expect(head.length).toBe(parts[0]!.length);
  parts[0] = head;
  return joinBytes(parts);
}

function only(elements: readonly EbmlElement[], ...path: number[]): EbmlElement {
  const found = ebmlAt(elements, ...path);
  expect(found, path.map((id) => id.toString(16)).join('/')).toHaveLength(1);
  return found[0]!;
}

test('head: type, size, duration, frame time, colour, tags', () => {
  const file = readEbml(wholeFile());
  expect(file.map(({ id }) => id)).toEqual([0x1a45dfa3, SEGMENT]);
  expect(ebmlText(only(file, 0x1a45dfa3, 0x4282))).toBe('webm');
  const info = [SEGMENT, 0x1549a966] as const;
  expect(ebmlNumber(only(file, ...info, 0x2ad7b1))).toBe(1_000_000);
  const duration = only(file, ...info, 0x4489).body;
  expect(new DataView(duration.slice().buffer).getFloat64(0)).toBe(1000);
  expect(ebmlText(only(file, ...info, 0x7ba9))).toBe('00.00, µ');
  const track = [SEGMENT, 0x1654ae6b, 0xae] as const;
  expect(ebmlText(only(file, ...track, 0x86))).toBe('V_VP9');
  expect(ebmlNumber(only(file, ...track, 0x23e383))).toBe(142_857_143);
  expect(ebmlNumber(only(file, ...track, 0xe0, 0xb0))).toBe(245);
  expect(ebmlNumber(only(file, ...track, 0xe0, 0xba))).toBe(249);
  expect(ebmlNumber(only(file, ...track, 0xe0, 0x55b0, 0x55b9))).toBe(2);
  const tag = [SEGMENT, 0x1254c367, 0x7373, 0x67c8] as const;
  expect(ebmlText(only(file, ...tag, 0x45a3))).toBe('SOMASCOPE_RECIPE');
  expect(ebmlText(only(file, ...tag, 0x4487))).toBe('{"steps": []}');
});

test('every frame once, with its time and bytes; key frames begin the clusters', () => {
  const file = readEbml(wholeFile());
  const clusters = ebmlAt(file, SEGMENT, 0x1f43b675);
  const blocks = clusters.flatMap(({ children }) => {
    const start = ebmlNumber(only(children, 0xe7));
    return ebmlAt(children, 0xa3).map(({ body }) => ({
      track: body[0],
      time: start + body[1]! * 256 + body[2]!,
      flags: body[3],
      data: [...body.subarray(4)],
    }));
  });
  expect(blocks).toEqual(
    Array.from({ length: 7 }, (_, i) => ({
      track: 0x81,
      time: Math.round((i * 1000) / 7),
      flags: i % 4 === 0 ? 0x80 : 0,
      data: [i, 7, 9],
    })),
  );
});

test('seek head and cues point at what they name', () => {
  const file = readEbml(wholeFile());
  const segment = only(file, SEGMENT);
  const origin = segment.end - segment.body.length;
  for (const seek of ebmlAt(file, SEGMENT, 0x114d9b74, 0x4dbb)) {
    const id = ebmlNumber(only(seek.children, 0x53ab));
    const at = origin + ebmlNumber(only(seek.children, 0x53ac));
    expect(ebmlAt(file, SEGMENT, id)[0]!.at, id.toString(16)).toBe(at);
  }
  const clusters = ebmlAt(file, SEGMENT, 0x1f43b675);
  const points = ebmlAt(file, SEGMENT, 0x1c53bb6b, 0xbb);
  expect(points).toHaveLength(2);
  points.forEach(({ children }, i) => {
    expect(origin + ebmlNumber(only(children, 0xb7, 0xf1))).toBe(clusters[i]!.at);
    expect(ebmlNumber(only(children, 0xb3))).toBe(ebmlNumber(only(clusters[i]!.children, 0xe7)));
  });
});

test('an unfinished file is one segment of unknown length', () => {
  const file = readEbml(joinBytes([webmHead(VIDEO), webmCluster([{ timeMs: 0, isKey: true, data: Uint8Array.of(1) }])]));
  expect(ebmlAt(file, SEGMENT, 0x1f43b675)).toHaveLength(1);
});

test('a cluster that spans too long is refused', () => {
  const frame = (timeMs: number) => ({ timeMs, isKey: true, data: Uint8Array.of(1) });
  expect(() => webmCluster([frame(0), frame(32_768)])).toThrow(RangeError);
  expect(() => webmCluster([frame(10), frame(0)])).toThrow(RangeError);
});

test('elements of any length are read back', () => {
  const length = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(126, 127, 128, 16_382, 16_383, 16_384));
  fc.assert(
    fc.property(length, (size) => {
      const written = element(0xa3, new Uint8Array(size).fill(5));
      const [one, ...others] = readEbml(written);
      expect(others).toEqual([]);
      expect(one!.body).toHaveLength(size);
    }),
  );
  expect([...bigEndian(0)]).toEqual([0]);
  expect([...bigEndian(256)]).toEqual([1, 0]);
  expect([...bigEndian(2 ** 40 + 3)]).toEqual([1, 0, 0, 0, 0, 3]);
});
