// Every npy file of the golden set against numpy's reading of it: SHA-256 of the elements in C order, little-endian.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unzip } from 'unzipit';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { type NpyArray, readNpy, toCOrder, writeNpy } from './index.ts';

interface GoldenArray {
  readonly error?: string;
  readonly shape?: readonly number[];
  readonly fortran_order?: boolean;
  readonly data_offset?: number;
  readonly sha256_c_order_le?: string;
  readonly npz?: Readonly<Record<string, GoldenArray>>;
}

// numpy takes a shape of (-6,) for "all that follow"; a negative extent is refused here.
const REFUSED_HERE = ['made/bad_negative_shape.npy'];

const read = (path: string) => Uint8Array.from(readFileSync(dataPath(`formats-npy/${path}`)));

function narrowToHalf(data: Float32Array): Uint16Array {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  return Uint16Array.from(bits, (word, i) => {
    const sign = (word >>> 16) & 0x8000;
    const exponent = ((word >>> 23) & 0xff) - 112;
    if (exponent === 143) return sign | 0x7c00 | ((word >>> 13) & 0x3ff);
    if (exponent > 0) return sign | (exponent << 10) | ((word >>> 13) & 0x3ff);
    return sign | Math.round(Math.abs(data[i]!) * 2 ** 24);
  });
}

function sha256(array: NpyArray): string {
  const { data, header } = toCOrder(array);
  const stored = header.type.storage === 'float16' ? narrowToHalf(data as Float32Array) : data;
  return createHash('sha256')
    .update(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength))
    .digest('hex');
}

function expectSame(bytes: Uint8Array<ArrayBuffer>, golden: GoldenArray, name: string) {
  const array = readNpy(bytes, name);
  expect(array.shape, name).toEqual(golden.shape);
  if (golden.data_offset !== undefined) {
    expect([array.header.dataOffset, array.fortranOrder], name).toEqual([golden.data_offset, golden.fortran_order]);
  }
  expect(sha256(array), name).toBe(golden.sha256_c_order_le);
}

function expectRefused(bytes: Uint8Array<ArrayBuffer>, name: string) {
  try {
    readNpy(bytes, name);
  } catch (error) {
    expect(isSomascopeError(error) && error.place.file, `${name}: ${error}`).toBe(name);
    return;
  }
  expect.unreachable(`${name} was read`);
}

describeWithData('the golden npy files', () => {
  const golden: Readonly<Record<string, GoldenArray>> = JSON.parse(readFileSync(goldenPath('formats/npy.json'), 'utf8'));
  const names = Object.keys(golden);

  it('reads what numpy reads, and refuses what numpy refuses', () => {
    const plain = names.filter((name) => !golden[name]!.npz && !REFUSED_HERE.includes(name));
    const refused = plain.filter((name) => golden[name]!.error);
    for (const name of plain) {
      if (golden[name]!.error) expectRefused(read(name), name);
      else expectSame(read(name), golden[name]!, name);
    }
    for (const name of REFUSED_HERE) expectRefused(read(name), name);
    expect([plain.length, refused.length]).toEqual([201, 16]);
  });

  it('reads the members of npz archives', async () => {
    let members = 0;
    for (const name of names.filter((name) => golden[name]!.npz)) {
      const { entries } = await unzip(read(name));
      for (const [member, expected] of Object.entries(golden[name]!.npz!)) {
        const bytes = new Uint8Array(await entries[`${member}.npy`]!.arrayBuffer());
        if (expected.error) expectRefused(bytes, member);
        else expectSame(bytes, expected, member);
        members++;
      }
    }
    expect(members).toBeGreaterThan(6);
  });

  it('writes the bytes that numpy writes', () => {
    const same = ['made/c_f4_4x3x5.npy', 'made/dtype_i1.npy', 'made/scalar_0d.npy', 'made/one_1.npy', 'made/empty_0x3.npy'];
    same.push(
      'made/dtype_u8_le.npy',
      'made/dtype_f8_le.npy',
      'made/dtype_i2_le.npy',
      'made/dtype_u4_le.npy',
      'made/dtype_b1.npy',
    );
    for (const name of same) {
      const bytes = read(name);
      const { data, shape } = readNpy(bytes, name);
      expect(writeNpy({ data, shape }, { bool: name.includes('b1') }), name).toEqual(bytes);
    }
  });
});
