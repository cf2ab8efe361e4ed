import { expect, it } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { int32Pieces, int64Pieces, writeNpy } from './index.ts';

const COUNT = 600_000;

it('64-bit integers are what numpy writes, piece by piece', () => {
  const values = Float64Array.from({ length: COUNT }, (_, i) => (i % 3 === 0 ? -i : i * 1_000_003) + 0.4);
  const pieces = [...int64Pieces(values)];
  expect(pieces.length).toBeGreaterThan(3);
  const whole = writeNpy({ data: BigInt64Array.from(values, (value) => BigInt(Math.round(value))), shape: [COUNT] });
  expect(Buffer.compare(joinBytes(pieces), whole)).toBe(0);
});

it('32-bit integers too, and lists of none', () => {
  const values = Int32Array.from({ length: COUNT }, (_, i) => i - 7);
  expect(Buffer.compare(joinBytes([...int32Pieces(values)]), writeNpy({ data: values, shape: [COUNT] }))).toBe(0);
  expect(joinBytes([...int64Pieces([])])).toEqual(writeNpy({ data: new BigInt64Array(0), shape: [0] }));
});
