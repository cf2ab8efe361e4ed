// Files that must be refused, each with what its alert must say: where, why, and what to do.
import { buildTiff } from '../../src/test/tiff-builder.ts';
import { writeTiff } from '../../src/test/tiff-writer.ts';
import { writeZip, type ZipItem } from '../../src/test/zip-writer.ts';
import type { TestFile } from './open.ts';
import { COLUMNS, deflate, framePath, ROWS, smallFrame, smallItems, smallTiff, text, zipFile } from './small-set.ts';

export interface Broken {
  readonly what: string;
  readonly make: () => Promise<TestFile>;
  /** Each must be found in the alert's text. */
  readonly says: readonly RegExp[];
}

/** Every frame with the same fault. */
function allFrames(change: (item: ZipItem) => ZipItem): ZipItem[] {
  return smallItems().map((item) => (String(item.name).startsWith('images/') ? change(item) : item));
}

const zipOf = (name: string, items: readonly ZipItem[]) => () => zipFile(name, items);
const json = (name: string, value: unknown) => async () => ({ name, bytes: text(value) });

function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (state * 48271) % 0x7fffffff;
    return state & 0xff;
  });
}

/** A page of one strip whose compression tag says `compression`, with `samples` a pixel. */
function oddTiff(compression: number, samples: number): Uint8Array {
  const entries = [
    { tag: 256, type: 4, values: [COLUMNS] },
    { tag: 257, type: 4, values: [ROWS] },
    { tag: 258, type: 3, values: Array(samples).fill(8) },
    { tag: 259, type: 3, values: [compression] },
    { tag: 262, type: 3, values: [samples === 3 ? 2 : 1] },
    { tag: 277, type: 3, values: [samples] },
    { tag: 278, type: 4, values: [ROWS] },
  ] as const;
  return buildTiff([{ entries, blocks: [noise(ROWS * COLUMNS * samples)] }]);
}

const first = new RegExp(framePath(0));

export const BROKEN: readonly Broken[] = [
  {
    what: 'random bytes called .zip',
    make: async () => ({ name: 'noise.zip', bytes: noise(5000) }),
    says: [/noise\.zip/, /is not a zip/, /byte 0/, /Open a zip/],
  },
  {
    what: 'a zip that is cut off',
    make: async () => {
      const whole = await writeZip(smallItems(), { deflate });
      return { name: 'half.zip', bytes: whole.subarray(0, Math.floor(whole.length / 2)) };
    },
    says: [/half\.zip/, /byte [\d,]+/, /Was the download complete/],
  },
  {
    what: 'encrypted frames',
    make: zipOf(
      'secret.zip',
      allFrames((item) => ({ ...item, flags: 1 })),
    ),
    says: [/secret\.zip/, first, /encrypted/, /password|unzip/i],
  },
  {
    what: 'frames packed with another method',
    make: zipOf(
      'bzip2.zip',
      allFrames((item) => ({ ...item, method: 12 })),
    ),
    says: [/bzip2\.zip/, first, /bzip2/i, /again|unzip/i],
  },
  {
    what: 'frames that declare less than they hold',
    make: zipOf(
      'lying.zip',
      allFrames((item) => ({ ...item, lie: { size: 100 } })),
    ),
    says: [/lying\.zip/, first, /more than the 100 bytes that it declares/, /get the file again/],
  },
  {
    what: 'frames that declare more than can come out of them',
    make: zipOf(
      'bomb.zip',
      allFrames((item) => ({ ...item, lie: { size: 4_000_000_000 } })),
    ),
    says: [/bomb\.zip/, first, /lies about its size/, /again/],
  },
  {
    what: 'a bomb: a thousand times as many bytes as declared',
    make: zipOf(
      'flood.zip',
      allFrames((item) => ({ ...item, data: new Uint8Array(2 ** 22), lie: { size: 16_384 } })),
    ),
    says: [/flood\.zip/, first, /16,384 bytes that it declares/, /flood the memory/],
  },
  {
    what: 'entries that overlap',
    make: zipOf('overlap.zip', [...smallItems(), { name: framePath(9), data: smallTiff(9), lie: { offset: 0 } }]),
    says: [/overlap\.zip/, /images\/image0000[09]\.tiff/, /overlap at byte [\d,]+/, /get the file again/],
  },
  {
    what: 'frames none of which is what was written',
    make: zipOf(
      'rotten.zip',
      allFrames((item) => ({ ...item, lie: { crc: 12345 } })),
    ),
    says: [/rotten\.zip/, first, /CRC-32/, /Get the file again/],
  },
  {
    what: 'a zip without images',
    make: zipOf('letters.zip', [
      { name: 'letters/a.txt', data: text('dear') },
      { name: 'letters/b.pdf', data: text('sir') },
    ]),
    says: [/letters\.zip/, /letters\/a\.txt \(4 B\)/, /No data set was found/, /Accepted:.*neurofinder/],
  },
  {
    what: 'a zip that holds nothing',
    make: zipOf('nothing.zip', []),
    says: [/nothing\.zip/, /holds no files/, /Accepted:/],
  },
  {
    what: 'frames of different size',
    make: zipOf('mixed.zip', [...smallItems(), { name: framePath(7), data: writeTiff([smallFrame(7, 10, 10)], 10, 10) }]),
    says: [/mixed\.zip/, new RegExp(framePath(7)), /10 × 10/, new RegExp(`${ROWS} × ${COLUMNS}`), /one size/],
  },
  {
    what: 'frames of TIFF with JPEG inside',
    make: zipOf(
      'jpeg.zip',
      allFrames((item) => ({ ...item, data: oddTiff(7, 1) })),
    ),
    says: [/jpeg\.zip/, first, /JPEG/i, /Save it uncompressed/],
  },
  {
    what: 'frames of colour TIFF',
    make: zipOf(
      'colour.zip',
      allFrames((item) => ({ ...item, data: oddTiff(1, 3) })),
    ),
    says: [/colour\.zip/, first, /3 colours a pixel/, /grey/],
  },
  {
    what: 'a loose file that only claims to be TIFF',
    make: async () => ({ name: 'fake.tiff', bytes: noise(900) }),
    says: [/fake\.tiff/, /not a TIFF file/, /byte 0|II nor MM/],
  },
  {
    what: 'an npy movie that is cut off',
    make: async () => {
      const header = "{'descr': '<u2', 'fortran_order': False, 'shape': (5, 8, 8), }".padEnd(117, ' ');
      const bytes = new Uint8Array(128 + 100);
      bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
      bytes.set(text(`${header}\n`), 10);
      return { name: 'short.npy', bytes: bytes };
    },
    says: [/short\.npy/, /bytes/, /download|again/i],
  },
  {
    what: 'JSON that breaks off',
    make: json('broken.json', '[{"coordinates": [[1, 2], [3,'),
    says: [/broken\.json/, /byte \d+|line \d+/, /copied completely|Write the file again/],
  },
  {
    what: 'JSON that is none',
    make: json('wrong.json', '{"regions": [}'),
    says: [/wrong\.json/, /byte \d+|line \d+/, /Write the file again/],
  },
  {
    what: 'JSON without regions',
    make: json('settings.json', { colour: 'red', size: 3 }),
    says: [/settings\.json/, /no (regions|results) here/, /Expected is/],
  },
  {
    what: 'a submission for sets that are not open',
    make: json('submission.json', [{ dataset: '04.01.test', sources: [{ coordinates: [[1, 2]] }] }]),
    says: [/submission\.json/, /04\.01\.test/, /none of these is open/, /Open that data set first/],
  },
  {
    what: 'an empty file',
    make: async () => ({ name: 'empty.zip', bytes: new Uint8Array(0) }),
    says: [/empty\.zip/, /empty/, /download/],
  },
  {
    what: 'a file of unknown kind',
    make: async () => ({ name: 'holiday.mp4', bytes: noise(300) }),
    says: [/holiday\.mp4/, /No data set was found/, /Accepted:/],
  },
];
