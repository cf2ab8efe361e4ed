// A WebM file of one video track, written as it comes: head, clusters, cues, and the head once more with what is known at the
// end. Times are whole milliseconds. Elements after the Matroska specification (RFC 9559) and the WebM container guidelines.
import { type Bytes, joinBytes } from '../../base/bytes.ts';
import { bigEndian, element, elementStart, float, text, unsigned } from './ebml.ts';

export interface WebmVideo {
  readonly codec: 'vp8' | 'vp9';
  /** px. */
  readonly width: number;
  readonly height: number;
  /** Of the whole, ms. */
  readonly durationMs: number;
  /** Between two frames, ms. */
  readonly frameMs: number;
  /** Full range where true, else 16…235; null where the encoder did not say. */
  readonly colour: WebmColour | null;
  readonly title: string;
  /** Name and version of the program. */
  readonly writer: string;
  /** Texts by name, for programs that read them: upper-case names. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Code points of ITU-T H.273. */
export interface WebmColour {
  readonly matrix: number;
  readonly transfer: number;
  readonly primaries: number;
  readonly isFullRange: boolean;
}

/** What is known once all is written; bytes. */
export interface WebmEnd {
  /** Of the cues, from the start of the file. */
  readonly cuesAt: number;
  readonly fileBytes: number;
}

export interface WebmFrame {
  readonly timeMs: number;
  readonly isKey: boolean;
  readonly data: Uint8Array;
}

export interface WebmCue {
  /** Time of the cluster's first frame, which is a key frame, ms. */
  readonly timeMs: number;
  /** Byte of the cluster in the file. */
  readonly at: number;
}

const SEGMENT = 0x18538067;
const SEEK_HEAD = 0x114d9b74;
const SEEK = 0x4dbb;
const SEEK_ID = 0x53ab;
const SEEK_POSITION = 0x53ac;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const TAGS = 0x1254c367;
const CLUSTER = 0x1f43b675;
const CUES = 0x1c53bb6b;
const NANOSECONDS_A_MS = 1e6;
/** Eight bytes, so that the head is as long before the place of the cues is known. */
const WIDE = 8;
/** Largest distance of a block to its cluster's time, ms. */
export const LONGEST_CLUSTER_MS = 32_767;

const EBML_HEAD = element(
  0x1a45dfa3,
  unsigned(0x4286, 1),
  unsigned(0x42f7, 1),
  unsigned(0x42f2, 4),
  unsigned(0x42f3, 8),
  text(0x4282, 'webm'),
  unsigned(0x4287, 4),
  unsigned(0x4285, 2),
);
/** Positions inside the file are counted from here. */
const SEGMENT_BODY = EBML_HEAD.length + elementStart(SEGMENT, null).length;

/** The first bytes of the file; the same number of bytes without and with `end`. */
export function webmHead(video: WebmVideo, end: WebmEnd | null = null): Bytes {
  const info = element(
    INFO,
    unsigned(0x2ad7b1, NANOSECONDS_A_MS),
    float(0x4489, video.durationMs),
    text(0x7ba9, video.title),
    text(0x4d80, video.writer),
    text(0x5741, video.writer),
  );
  const tracks = element(TRACKS, trackEntry(video));
  const tags = element(TAGS, ...Object.entries(video.tags).map(([name, value]) => element(0x7373, simpleTag(name, value))));
  const entries = (places: readonly (readonly [id: number, at: number])[]) =>
    element(
      SEEK_HEAD,
      ...places.map(([id, at]) => element(SEEK, element(SEEK_ID, bigEndian(id)), unsigned(SEEK_POSITION, at, WIDE))),
    );
  const seekBytes = entries([INFO, TRACKS, TAGS, CUES].map((id) => [id, 0])).length;
  const seek = entries([
    [INFO, seekBytes],
    [TRACKS, seekBytes + info.length],
    [TAGS, seekBytes + info.length + tracks.length],
    // Not known yet: the place of the tags is as good, and nobody reads it before the head is written again.
    [CUES, end ? end.cuesAt - SEGMENT_BODY : seekBytes + info.length + tracks.length],
  ]);
  const segment = elementStart(SEGMENT, end ? end.fileBytes - SEGMENT_BODY : null);
  return joinBytes([EBML_HEAD, segment, seek, info, tracks, tags]);
}

function trackEntry({ codec, width, height, frameMs, colour }: WebmVideo): Bytes {
  return element(
    0xae,
    unsigned(0xd7, 1),
    unsigned(0x73c5, 1),
    unsigned(0x83, 1),
    unsigned(0x9c, 0),
    unsigned(0x23e383, Math.round(frameMs * NANOSECONDS_A_MS)),
    text(0x86, codec === 'vp9' ? 'V_VP9' : 'V_VP8'),
    element(0xe0, unsigned(0xb0, width), unsigned(0xba, height), ...(colour ? [colourOf(colour)] : [])),
  );
}

function colourOf({ matrix, transfer, primaries, isFullRange }: WebmColour): Bytes {
  return element(
    0x55b0,
    unsigned(0x55b1, matrix),
    unsigned(0x55b9, isFullRange ? 2 : 1),
    unsigned(0x55ba, transfer),
    unsigned(0x55bb, primaries),
  );
}

function simpleTag(name: string, value: string): Bytes {
  return joinBytes([element(0x63c0), element(0x67c8, text(0x45a3, name), text(0x4487, value))]);
}

/** Frames from one key frame up to the next, in order of time; throws RangeError where they span more than a cluster holds. */
export function webmCluster(frames: readonly WebmFrame[]): Bytes {
  const start = frames[0]?.timeMs ?? 0;
  return element(CLUSTER, unsigned(0xe7, start), ...frames.map((frame) => simpleBlock(frame, start)));
}

function simpleBlock({ timeMs, isKey, data }: WebmFrame, start: number): Bytes {
  const offset = timeMs - start;
  if (offset < 0 || offset > LONGEST_CLUSTER_MS) throw new RangeError(`a block ${offset} ms after its cluster`);
  return element(0xa3, Uint8Array.of(0x81), bigEndian(offset, 2), Uint8Array.of(isKey ? 0x80 : 0), data);
}

/** Where the clusters are, for seeking. */
export function webmCues(cues: readonly WebmCue[]): Bytes {
  const point = ({ timeMs, at }: WebmCue) =>
    element(0xbb, unsigned(0xb3, timeMs), element(0xb7, unsigned(0xf7, 1), unsigned(0xf1, at - SEGMENT_BODY)));
  return element(CUES, ...cues.map(point));
}
