// A clip as WebM: pictures through the browser's own encoder (WebCodecs), clusters from a worker, written as they come.
import { SomascopeError } from '../../../base/errors.ts';
import type { FileSink } from '../../../ui/file-sink.ts';
import { ask } from '../../../workers/client.ts';
import type { ClipClusterInput, ClipCuesInput, ClipVideo, ClipVideoHeadInput } from '../shared/clip.ts';
import { bitrateOf, type ClipPlan, isKeyFrame, startOf } from './clip-plan.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What writes a clip: pictures one after another, then the end. */
export interface ClipWriter {
  add(canvas: HTMLCanvasElement, index: number): Promise<void>;
  finish(): Promise<void>;
  /** Frees what is held, also after a failure. */
  close(): void;
}

/** What stands in the file beside the pictures. */
export interface ClipTexts {
  readonly title: string;
  readonly writer: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ChosenCodec {
  readonly codec: ClipVideo['codec'];
  readonly config: VideoEncoderConfig;
}

/** The better codec first; the level of the second VP9 is one that slower browsers know. */
const CODECS = [
  ['vp9', 'vp09.00.51.08'],
  ['vp9', 'vp09.00.10.08'],
  ['vp8', 'vp8'],
] as const;

/** What this browser encodes pictures of this size with; null where it encodes none. */
export async function chooseCodec(plan: ClipPlan): Promise<ChosenCodec | null> {
  if (typeof VideoEncoder === 'undefined') return null;
  for (const [codec, name] of CODECS) {
    const config: VideoEncoderConfig = {
      codec: name,
      width: plan.width,
      height: plan.height,
      bitrate: bitrateOf(plan),
      framerate: 1000 / plan.frameMs,
      latencyMode: 'quality',
    };
    const known = await VideoEncoder.isConfigSupported(config).catch(() => null);
    if (known?.supported) return { codec, config };
  }
  return null;
}

/** Pictures that may wait for the encoder: each takes megabytes. */
const QUEUE = 3;

export async function openVideo(sink: FileSink, plan: ClipPlan, chosen: ChosenCodec, texts: ClipTexts): Promise<ClipWriter> {
  let failure: unknown;
  let colour: ClipVideo['colour'] = null;
  let group: ClipClusterInput['frames'][number][] = [];
  const cues: ClipCuesInput['cues'][number][] = [];
  const video = (): ClipVideo => ({
    codec: chosen.codec,
    width: plan.width,
    height: plan.height,
    durationMs: plan.durationMs,
    frameMs: plan.frameMs,
    colour,
    ...texts,
  });
  const head = (end: ClipVideoHeadInput['end']) =>
    ask<Bytes>('calcium', 'clip-head', { video: video(), end } satisfies ClipVideoHeadInput);

  let writing: Promise<void> = Promise.resolve();
  let begun = false;
  const flush = () => {
    const frames = group;
    group = [];
    if (frames.length === 0) return;
    writing = writing.then(async () => {
      // The head waits for the first picture, with which the encoder says its colours.
      if (!begun) await sink.write(await head(null));
      begun = true;
      cues.push({ timeMs: frames[0]!.timeMs, at: sink.size });
      await sink.write(await ask<Bytes>('calcium', 'clip-cluster', { frames } satisfies ClipClusterInput));
    });
    writing.catch((error) => {
      failure ??= error;
    });
  };

  const encoder = new VideoEncoder({
    output: (chunk, metadata) => {
      colour ??= colourOf(metadata?.decoderConfig?.colorSpace);
      const isKey = chunk.type === 'key';
      if (isKey) flush();
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      group.push({ timeMs: Math.round(chunk.timestamp / 1000), isKey, data });
    },
    error: (error) => {
      failure ??= new SomascopeError(
        'Unsupported',
        `The browser's video encoder stopped: ${error.message}.`,
        {},
        'Choose a smaller magnification, or save a PNG sequence.',
        error,
      );
    },
  });
  encoder.configure(chosen.config);
  const check = () => {
    if (failure) throw failure;
  };

  return {
    async add(canvas, index) {
      check();
      const frame = new VideoFrame(canvas, {
        timestamp: startOf(plan, index) * 1000,
        duration: (startOf(plan, index + 1) - startOf(plan, index)) * 1000,
      });
      encoder.encode(frame, { keyFrame: isKeyFrame(plan, index) });
      frame.close();
      while (encoder.encodeQueueSize > QUEUE && !failure) {
        await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
      }
      check();
    },
    async finish() {
      await encoder.flush();
      check();
      flush();
      await writing;
      check();
      const cuesAt = sink.size;
      await sink.write(await ask<Bytes>('calcium', 'clip-cues', { cues } satisfies ClipCuesInput));
      await sink.rewriteStart(await head({ cuesAt, fileBytes: sink.size }));
    },
    close: () => {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}

const MATRIX: Readonly<Record<string, number>> = { rgb: 0, bt709: 1, bt470bg: 5, smpte170m: 6 };
const TRANSFER: Readonly<Record<string, number>> = { bt709: 1, smpte170m: 6, 'iec61966-2-1': 13 };
const PRIMARIES: Readonly<Record<string, number>> = { bt709: 1, bt470bg: 5, smpte170m: 6 };

function colourOf(space: VideoColorSpaceInit | undefined): ClipVideo['colour'] {
  const matrix = MATRIX[space?.matrix ?? ''];
  const transfer = TRANSFER[space?.transfer ?? ''];
  const primaries = PRIMARIES[space?.primaries ?? ''];
  if (matrix === undefined || transfer === undefined || primaries === undefined) return null;
  return { matrix, transfer, primaries, isFullRange: space?.fullRange ?? false };
}
