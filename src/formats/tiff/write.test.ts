import fc from 'fast-check';
import { decode, decodeImage } from 'utif2';
import { expect, it } from 'vitest';
import { parseDirectories, readTiffFrame } from './index.ts';
import { writeTiff } from './write.ts';

const image = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
    fc.option(fc.double({ min: 0.01, max: 50, noNaN: true })),
  )
  .chain(([height, width, pixelsPerMicron]) =>
    fc.record({
      height: fc.constant(height),
      width: fc.constant(width),
      pixelsPerMicron: fc.constant(pixelsPerMicron),
      data: fc.uint16Array({ minLength: height * width, maxLength: height * width }),
    }),
  );

it('reads back here: size, type and every value, on the fast path', async () => {
  await fc.assert(
    fc.asyncProperty(image, async ({ height, width, data, pixelsPerMicron }) => {
      const bytes = writeTiff(data, height, width, { pixelsPerMicron, lines: ['somascope={}'] });
      const frame = await readTiffFrame(bytes, 'a.tif');
      expect([frame.height, frame.width, frame.dtype, frame.samples]).toEqual([height, width, 'uint16', 1]);
      expect([...frame.data]).toEqual([...data]);
      const { pages } = parseDirectories(bytes, 'a.tif', 0);
      expect(pages[0]!.plain).toBeTruthy();
    }),
    { numRuns: 60 },
  );
});

it('opens in another reader, with ImageJ’s description and the scale', () => {
  const data = Uint16Array.of(0, 7, 300, 65_535, 1, 2);
  const bytes = writeTiff(data, 2, 3, { pixelsPerMicron: 1.15, lines: ['somascope={"tool":"x"}'] });
  const [page] = decode(bytes.buffer);
  decodeImage(bytes.buffer, page!);
  expect([page!.width, page!.height]).toEqual([3, 2]);
  expect([...new Uint16Array(Uint8Array.from(page!.data).buffer)]).toEqual([...data]);
  expect(page!['t270']).toEqual(['ImageJ=1.54f\nimages=1\nunit=micron\nmin=0.0\nmax=65535.0\nsomascope={"tool":"x"}\n']);
  expect(page!['t282']).toEqual([[1_150_000, 1_000_000]]);
});
