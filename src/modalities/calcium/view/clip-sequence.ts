// A clip as numbered PNGs in a zip, with the time of each picture in a table and the texts beside them; written as it comes.
import { SomascopeError } from '../../../base/errors.ts';
import type { FileSink } from '../../../ui/file-sink.ts';
import { ask } from '../../../workers/client.ts';
import type { StoredFile, ZipDirectoryInput, ZipHeaderInput, ZipHeaderOutput } from '../shared/clip.ts';
import type { ClipPlan } from './clip-plan.ts';
import type { ClipWriter } from './clip-video.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface SequenceTexts {
  /** Before the number of each picture: `00.00`. */
  readonly stem: string;
  /** Null where the rate of the recording is not known. */
  readonly rateHz: number | null;
  /** More files, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export function openSequence(sink: FileSink, { frames }: ClipPlan, { stem, rateHz, files: more }: SequenceTexts): ClipWriter {
  const files: StoredFile[] = [];
  const digits = Math.max(5, String(frames.at(-1) ?? 0).length);
  const nameOf = (frame: number) => `${stem}.${String(frame).padStart(digits, '0')}.png`;
  const put = async (name: string, bytes: Bytes) => {
    const input: ZipHeaderInput = { name, bytes, at: sink.size };
    const { header, file } = await ask<ZipHeaderOutput>('calcium', 'zip-header', input);
    await sink.write(header);
    await sink.write(bytes);
    files.push(file);
  };
  return {
    async add(canvas, index) {
      await put(nameOf(frames[index]!), await pngOf(canvas));
    },
    async finish() {
      const rows = frames.map((frame) => `${nameOf(frame)},${frame},${rateHz === null ? '' : (frame / rateHz).toFixed(4)}\n`);
      const texts = { 'times.csv': `file,frame,seconds\n${rows.join('')}`, ...more };
      for (const [name, text] of Object.entries(texts)) await put(name, new TextEncoder().encode(text));
      const input: ZipDirectoryInput = { files, at: sink.size };
      await sink.write(await ask<Bytes>('calcium', 'zip-directory', input));
    },
    close: () => {},
  };
}

function pngOf(canvas: HTMLCanvasElement): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob.arrayBuffer().then((buffer) => new Uint8Array(buffer)));
      else {
        const message = `The browser could not encode a picture of ${canvas.width} × ${canvas.height} px.`;
        reject(new SomascopeError('OutOfMemory', message, {}, 'Choose a smaller magnification.'));
      }
    }, 'image/png');
  });
}
