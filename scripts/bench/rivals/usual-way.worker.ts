// The usual way in a browser, all in one worker: fflate unpacks the zip entry by entry as it streams by, geotiff decodes each frame,
// the frames are kept, then mean, variance and the correlation with the eight neighbours are computed one after the other.
import { Unzip, UnzipInflate } from 'fflate';
import { fromArrayBuffer } from 'geotiff';
import { average, correlationImage, deviationImage, meanImage, type PlainMovie } from './plain-images.ts';
import type { UsualWayResult } from './types.ts';

// Of the worker's scope only these two are used; the dom types know the page's only.
const scope = self as unknown as {
  onmessage: (event: MessageEvent<Request>) => void;
  postMessage(message: UsualWayResult | { error: string }): void;
};

interface Request {
  readonly file: File;
  readonly frames: number;
}

scope.onmessage = ({ data }) => {
  usualWay(data).then(
    (result) => scope.postMessage(result),
    (error: unknown) => scope.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
};

async function usualWay({ file, frames }: Request): Promise<UsualWayResult> {
  const start = performance.now();
  const movie = await readMovie(file, frames);
  const mean = meanImage(movie);
  const deviation = deviationImage(movie, mean);
  const correlation = correlationImage(movie, mean, deviation);
  const seconds = (performance.now() - start) / 1000;
  return { frames: movie.frames.length, seconds, meanValue: average(mean), meanCorrelation: average(correlation) };
}

/** Stops reading once `count` frames are there. */
async function readMovie(file: File, count: number): Promise<PlainMovie> {
  const frames: ArrayLike<number>[] = [];
  const unpacked: ArrayBuffer[] = [];
  const zip = new Unzip((entry) => {
    if (!entry.name.endsWith('.tiff')) return;
    const pieces: Uint8Array[] = [];
    entry.ondata = (error, piece, final) => {
      if (error) throw error;
      pieces.push(piece);
      if (final) unpacked.push(joined(pieces));
    };
    entry.start();
  });
  zip.register(UnzipInflate);
  let size = { height: 0, width: 0 };
  const reader = file.stream().getReader();
  while (frames.length < count) {
    const { value, done } = await reader.read();
    zip.push(value ?? new Uint8Array(0), done);
    for (const bytes of unpacked.splice(0)) {
      if (frames.length === count) break;
      const image = await (await fromArrayBuffer(bytes)).getImage();
      size = { height: image.getHeight(), width: image.getWidth() };
      const [samples] = await image.readRasters();
      frames.push(samples as ArrayLike<number>);
    }
    if (done) break;
  }
  await reader.cancel();
  return { frames, ...size };
}

function joined(pieces: readonly Uint8Array[]): ArrayBuffer {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes.buffer;
}
