// Decoding one plain 16-bit frame that is in memory: our fast path against utif2 and geotiff. All give the same samples.
import { fromArrayBuffer } from 'geotiff';
import UTIF from 'utif2';
import { ENTRY_FIELDS } from '../../../src/base/listing.ts';
import { fileSource } from '../../../src/formats/source.ts';
import { readTiffFrame } from '../../../src/formats/tiff/index.ts';
import type { ZipEntry } from '../../../src/formats/zip/directory.ts';
import { readZipDirectory } from '../../../src/formats/zip/directory.ts';
import { readZipEntryFrom } from '../../../src/formats/zip/read-entry.ts';
import { timeInTurn } from './timing.ts';
import type { Contest } from './types.ts';

const ROUNDS = 5;

export async function contestTiff(file: File, frames: number): Promise<Contest> {
  const files = await framesOf(file, frames);
  await refuseDifference(files[0]!);
  const each =
    <T>(decode: (bytes: Uint8Array<ArrayBuffer>) => Promise<T> | T) =>
    async () => {
      for (const bytes of files) await decode(bytes);
    };
  const { ours, utif2, geotiff } = await timeInTurn(
    { ours: each(decodeOurs), utif2: each(decodeUtif), geotiff: each(decodeGeotiff) },
    ROUNDS,
  );
  return { ours: ours / files.length, rivals: { utif2: utif2 / files.length, geotiff: geotiff / files.length } };
}

async function framesOf(file: File, count: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const source = fileSource(file);
  const { paths, table } = await readZipDirectory(source);
  const chosen = [...paths.keys()].filter((i) => paths[i]!.endsWith('.tiff')).slice(0, count);
  return Promise.all(
    chosen.map((i) => {
      const [, size, method, offset, storedSize, crc] = table.subarray(i * ENTRY_FIELDS, (i + 1) * ENTRY_FIELDS);
      const entry: ZipEntry = {
        path: paths[i]!,
        size: size!,
        method: method!,
        offset: offset!,
        storedSize: storedSize!,
        crc: crc!,
      };
      return readZipEntryFrom(source, entry);
    }),
  );
}

const decodeOurs = async (bytes: Uint8Array<ArrayBuffer>) => (await readTiffFrame(bytes, 'frame')).data;

function decodeUtif(bytes: Uint8Array<ArrayBuffer>): Uint16Array {
  const buffer = bytes.buffer;
  const [page] = UTIF.decode(buffer);
  if (!page) throw new Error('utif2 finds no page');
  UTIF.decodeImage(buffer, page);
  return new Uint16Array(page.data.slice().buffer);
}

async function decodeGeotiff(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayLike<number>> {
  const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
  const [samples] = await image.readRasters();
  return samples as ArrayLike<number>;
}

async function refuseDifference(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const ours = await decodeOurs(bytes);
  for (const rival of [decodeUtif(bytes), await decodeGeotiff(bytes)]) {
    if (rival.length !== ours.length || ours.some((value, i) => value !== rival[i])) throw new Error('the decoders disagree');
  }
}
