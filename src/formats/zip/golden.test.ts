// 163 real and broken archives of five zip libraries, against Python's zipfile.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSomascopeError, type SomascopeError } from '../../base/errors.ts';
import { dataPath, describeWithData, goldenPath, hasSharedData } from '../../test/shared-data.ts';
import { bytesSource } from '../source.ts';
import { readZipDirectory, zipEntryAt } from './directory.ts';
import { readZipEntryFrom } from './read-entry.ts';

interface GoldenEntry {
  name: string;
  method: number;
  usize: number;
  csize: number;
  crc: number;
  sha256?: string;
  error?: string;
}
type Golden = Record<string, { entries?: GoldenEntry[]; error?: string }>;

/** Archives of which zipfile reads something that is refused here, and why. */
const REFUSED: Record<string, RegExp> = {
  'yauzl/invalid/multi-disk zip files are not supported found disk number 1.zip': /split/,
  'zipjs/malformed-multi-disk.zip': /split/,
  'zipjs/malformed-uncompressed-size-under.zip': /unpacks to 1,162 bytes, but declares 2,162/,
  'yauzl/invalid/not enough bytes in the stream expected 2048576 got only 1000000.zip': /declares 2,048,576|lies about its size/,
  'yauzl/invalid/file data overflows file bounds 63 2147483647 308.zip': /lies outside/,
  'yauzl/invalid/unexpected EOF.zip': /lies outside|cannot come out/,
  'jszip/invalid/bad_decompressed_size.zip': /is stored as it is, yet declares/,
  'yauzl/wrong-entry-sizes.zip': /a.txt unpacks to 39 bytes, but declares 48/,
};

/** Archives that zipfile refuses and that are whole. */
const READ_HERE: Record<string, string> = {
  'zip2/zip64_magic_in_filename_3.zip': 'the zip64 locator is part of a file name',
  'zip2/zip64_magic_in_filename_5.zip': 'the zip64 locator is part of a file name',
  'yauzl/unicode-path-extra-field.zip': 'the Unicode Path field holds the name',
};

/** Names that zipfile 3.11 decodes otherwise: Unicode Path fields, backslashes of old Windows packers. */
const NAMED_HERE: Record<string, string> = {
  'commons-compress/utf8-winzip-test.zip': '€_for_Dollar.txt',
  'jszip/slashes_and_izarc.zip': 'test/Hello.txt',
  'jszip/winrar_utf8_in_name.zip': '€15.txt',
  'zip2/chinese.zip': '七个房间.txt',
  'zip2/windows-7zip.zip': '你好.txt',
};

type Read = { name: string; sha256: string } | { name: string; error: SomascopeError };

async function readAll(file: string): Promise<Read[]> {
  const source = bytesSource(file, readFileSync(dataPath(`formats-zip/${file}`)));
  const directory = await readZipDirectory(source);
  const reads: Read[] = [];
  for (const index of directory.paths.keys()) {
    const entry = zipEntryAt(directory, index);
    try {
      const bytes = await readZipEntryFrom(source, entry);
      reads.push({ name: entry.path, sha256: createHash('sha256').update(bytes).digest('hex') });
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      reads.push({ name: entry.path, error });
    }
  }
  return reads;
}

describeWithData('golden archives', () => {
  const golden = (hasSharedData ? JSON.parse(readFileSync(goldenPath('formats/zip.json'), 'utf8')) : {}) as Golden;

  it.each(Object.entries(golden))('%s', async (file, { entries = [], error }) => {
    let reads: Read[];
    try {
      reads = await readAll(file);
    } catch (thrown) {
      if (!isSomascopeError(thrown)) throw thrown;
      expect(thrown.place.file).toBe(file);
      expect(READ_HERE[file]).toBeUndefined();
      const mayRefuse =
        error !== undefined ||
        (entries.length > 0 && entries.every((entry) => entry.error !== undefined)) ||
        REFUSED[file]?.test(thrown.message);
      expect(mayRefuse, `${thrown.tag}: ${thrown.message}`).toBe(true);
      return;
    }
    // The list ends after 60 entries.
    const wanted = entries.filter(({ name }) => !name.endsWith('/'));
    if (!error && entries.length < 60) expect(reads).toHaveLength(wanted.length);
    wanted.forEach(({ name, method, sha256, error: refused }, i) => {
      const read = reads[i]!;
      // zipfile ends a name at its first NUL.
      expect([name, NAMED_HERE[file]]).toContain(read.name.includes('\0') ? name : read.name);
      if ('sha256' in read) {
        // The checksum has been verified, so only a header that zipfile is stricter about may differ.
        if (sha256 === undefined) expect(refused).toMatch(/^BadZipFile: File name in directory|^IndexError/);
        else expect(read.sha256).toBe(sha256);
        return;
      }
      const { tag, message, place } = read.error;
      expect(place).toMatchObject({ file, entry: read.name });
      if (method !== 0 && method !== 8)
        expect({ tag, message }).toEqual({ tag: 'Unsupported', message: expect.stringMatching(/encrypted|method/) });
      else expect(sha256 === undefined || REFUSED[file]?.test(message), message).toBe(true);
    });
  });

  it('reads the archives that only zipfile refuses', async () => {
    for (const file of Object.keys(READ_HERE)) {
      const reads = await readAll(file);
      expect(reads.length, file).toBeGreaterThan(0);
      expect(
        reads.every((read) => 'sha256' in read),
        file,
      ).toBe(true);
    }
    expect((await readAll('yauzl/unicode-path-extra-field.zip')).map(({ name }) => name)).toEqual(['七个房间.txt']);
  });
});
