import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { addPngText } from './text.ts';

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** One grey pixel. */
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)),
  chunk('IDAT', deflateSync(Uint8Array.of(0, 7))),
  chunk('IEND', new Uint8Array(0)),
]);

it('puts the text behind the header, with its checksum', () => {
  const out = addPngText(PNG, 'Software', '{"tool":"x"}');
  const text = chunk('tEXt', Buffer.from('Software\0{"tool":"x"}', 'latin1'));
  expect(Buffer.from(out)).toEqual(Buffer.concat([PNG.subarray(0, 33), text, PNG.subarray(33)]));
});

it.each([0, 7, 20, 32])('refuses %i bytes and what is no PNG', (length) => {
  expect(() => addPngText(PNG.subarray(0, length), 'a', 'b')).toThrow(/no PNG/);
  expect(() => addPngText(new Uint8Array(60), 'a', 'b')).toThrow(/no PNG/);
});
