// Readers, filling and writers together: what is dropped becomes regions, and what is exported is read back.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSomascopeError, type SomascopeError } from '../../../base/errors.ts';
import { type Region, regionFrom } from '../../../base/region.ts';
import { writeRoi } from '../../../formats/imagej-roi/index.ts';
import { listFiles } from '../../../formats/listing.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { writeZip, type ZipFile } from '../../../formats/zip/write.ts';
import { edgePaths, outlineRegion } from '../../../pipeline/roi/outline.ts';
import { dataPath, describeWithData, goldenPath } from '../../../test/shared-data.ts';
import { findLayers } from '../shared/find-layers.ts';
import type { ReadLayer } from '../shared/regions.ts';
import { roiSet } from './export-jobs.ts';
import { readLayers } from './layer-job.ts';

const FRAME = { name: '00.00', height: 60, width: 80 };
const context = { signal: new AbortController().signal, progress: () => {} };

/** The layers of dropped files. */
async function read(files: readonly File[], frame = FRAME): Promise<ReadLayer[]> {
  const listing = await listFiles(files.map((file) => ({ file, path: file.name })));
  const layers: ReadLayer[] = [];
  for (const source of findLayers(listing)) {
    const input = { listing, source, oneBased: false, frames: [frame], active: frame.name };
    layers.push(...((await readLayers.run(input, null, context, undefined)) as readonly ReadLayer[]));
  }
  return layers;
}

async function refusal(files: readonly File[], frame = FRAME): Promise<SomascopeError> {
  try {
    await read(files, frame);
  } catch (error) {
    if (isSomascopeError(error)) return error;
    throw error;
  }
  throw new Error('it was read');
}

const zip = (files: readonly ZipFile[], name = 'RoiSet.zip') => new File(writeZip(files), name);
const json = (value: unknown, name = 'a.json') => new File([JSON.stringify(value)], name);
const keys = ({ points }: Region) => {
  const all = new Set<string>();
  for (let i = 0; i < points.length; i += 2) all.add(`${points[i]},${points[i + 1]}`);
  return [...all].sort();
};
const square = (row: number, col: number, size: number) =>
  regionFrom(Array.from({ length: size * size }, (_, i) => [row + Math.floor(i / size), col + (i % size)]));
const roiOf = (region: Region) => writeRoi(edgePaths(region, 10_000, 10_000));
/** A record without coordinates: lines, points … */
const emptyRoi = (type: number) => {
  const bytes = new Uint8Array(64);
  bytes.set([0x49, 0x6f, 0x75, 0x74, 0, 227, type]);
  return bytes;
};

describe('ImageJ selections', () => {
  it('any regions, with parts, holes and pixels that touch at corners, come back from a RoiSet pixel for pixel', async () => {
    const pixel = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 }));
    const region = fc.array(pixel, { minLength: 1, maxLength: 80 }).map((pixels) => regionFrom(pixels));
    await fc.assert(
      fc.asyncProperty(fc.array(region, { minLength: 1, maxLength: 5 }), async (regions) => {
        const [layer] = await read([zip(regions.map((one, i) => ({ name: `${i}.roi`, bytes: roiOf(one) })))]);
        expect(layer!.regions.map(keys)).toEqual(regions.map(keys));
        expect([layer!.bad, layer!.warnings]).toEqual([[], []]);
        expect(layer!.ids).toEqual(regions.map((_, i) => String(i)));
      }),
      { numRuns: 60 },
    );
  });

  it('what Export writes is read back, the same bytes every time', async () => {
    const regions = [square(1, 1, 3), regionFrom([...pairs(square(9, 9, 2).points), [20, 20]] as number[][])];
    const input = { regions, names: ['0001', '0003'], height: 60, width: 80, comment: '{}' };
    const chunks = await roiSet.run(input, null, context, undefined);
    const [layer] = await read([new File(chunks, '00.00.rois.zip')]);
    expect(layer!.regions.map(keys)).toEqual(regions.map(keys));
    expect(layer!.ids).toEqual(['0001', '0003']);
    expect(await roiSet.run(input, null, context, undefined)).toEqual(chunks);
  });

  it('loose files and a folder are one layer; clutter is left alone', async () => {
    const files = [new File([roiOf(square(1, 1, 3))], 'a.roi'), new File([roiOf(square(9, 9, 2))], 'b.ROI')];
    const layers = await read(files);
    expect(layers.map(({ regions, ids }) => [regions.length, ids])).toEqual([[2, ['a', 'b']]]);
    const [inner] = await read([
      zip([
        { name: 'x/a.roi', bytes: roiOf(square(1, 1, 3)) },
        { name: '__MACOSX/x/._a.roi', bytes: new Uint8Array(3) },
      ]),
    ]);
    expect(inner!.ids).toEqual(['a']);
  });

  it('names what it cannot use and why, and keeps the others', async () => {
    const damaged = roiOf(square(1, 1, 3)).slice(0, 70);
    const [layer] = await read([
      zip([
        { name: '1.roi', bytes: roiOf(square(1, 1, 3)) },
        { name: '2.roi', bytes: emptyRoi(5) },
        { name: '3.roi', bytes: damaged },
        { name: '4.roi', bytes: roiOf(square(5, 5, 2)) },
      ]),
    ]);
    expect(layer!.ids).toEqual(['1', '4']);
    expect(layer!.bad).toEqual([
      { index: 1, name: '2.roi', reason: 'is a segmented line, which encloses no pixels' },
      { index: 2, name: '3.roi', reason: 'ends after 70 bytes of at least 80' },
    ]);
  });

  it('refuses a set of which nothing can be used, naming each shape', async () => {
    const error = await refusal([
      zip([
        { name: '1.roi', bytes: emptyRoi(10) },
        { name: '2.roi', bytes: emptyRoi(9) },
      ]),
    ]);
    expect(error.tag).toBe('Unsupported');
    expect(error.message).toBe(
      'It holds nothing that can be used: 1.roi is a point selection, which encloses no pixels; 2.roi is an angle, which encloses no pixels.',
    );
    expect(error.place).toEqual({ file: 'RoiSet.zip' });
  });

  it('is cut at the edge of the image, and says so', async () => {
    const [layer] = await read([zip([{ name: '1.roi', bytes: roiOf(square(58, 78, 6)) }])]);
    expect(keys(layer!.regions[0]!)).toEqual(['58,78', '58,79', '59,78', '59,79']);
    expect(layer!.warnings).toEqual(['1 was cut at the edge of the image.']);
  });
});

describe('a layer for another data set', () => {
  const far = [square(70, 10, 3), square(10, 110, 3), square(2, 2, 3)];

  it.each([
    ['a RoiSet', () => zip(far.map((one, i) => ({ name: `${i}.roi`, bytes: roiOf(one) })))],
    ['regions.json', () => json(far.map(({ points }) => ({ coordinates: pairs(points) })))],
    ['a submission', () => json([{ dataset: '00.00', sources: far.map(({ points }) => ({ coordinates: pairs(points) })) }])],
    ['contours', () => json(far.map((one, i) => ({ neuron_id: i, coordinates: contourOf(one) })))],
  ])('%s is refused with both sizes', async (_name, make) => {
    const error = await refusal([make()]);
    expect(error.tag).toBe('Invalid');
    expect(error.message).toContain('2 of its 3 regions leave the image');
    expect(error.message).toMatch(/7[34](?:\.\d+)? × 11[34] pixels, and 00\.00 has 60 × 80/);
  });

  it('is refused where all of it lies outside, and kept where one of many slipped', async () => {
    expect((await refusal([json([{ coordinates: [[99, 1]] }])])).message).toContain('Its region leaves the image');
    const one = json(
      [...far.slice(2), ...far.slice(2), ...far.slice(0, 1)].map(({ points }) => ({ coordinates: pairs(points) })),
    );
    const [layer] = await read([one]);
    expect([layer!.regions.length, layer!.bad.length]).toEqual([2, 1]);
  });

  it('is kept where exchanged or one-based coordinates explain it: these can be mended', async () => {
    const [exchanged] = await read([json([{ coordinates: [[70, 5]] }, { coordinates: [[75, 6]] }])]);
    expect(exchanged!.warnings.join(' ')).toContain('exchanged');
  });
});

const pairs = (points: Float64Array) => Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i], points[2 * i + 1]]);
/** As CaImAn would draw it: column first, pixel centres, closed, NaN around it. */
function contourOf(region: Region): unknown[] {
  const parts = outlineRegion(region, 10_000, 10_000);
  return parts.flatMap((part) => [
    [Number.NaN, Number.NaN],
    ...pairs(Float64Array.from(part)).map(([row, col]) => [col! - 0.5, row! - 0.5]),
    [part[1]! - 0.5, part[0]! - 0.5],
    [Number.NaN, Number.NaN],
  ]);
}

it('contours around any mask without holes give the mask again', async () => {
  const pixel = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 11 }));
  await fc.assert(
    fc.asyncProperty(fc.array(pixel, { minLength: 1, maxLength: 12 }), async (pixels) => {
      const region = regionFrom(pixels);
      fc.pre(edgePaths(region, 12, 12).length === outlineRegion(region, 12, 12).length);
      const text = JSON.stringify([{ neuron_id: 7, CoM: [Number.NaN, Number.NaN], coordinates: contourOf(region) }]);
      // As Python writes it.
      const [layer] = await read([new File([text.replaceAll('null', 'NaN')], 'contours.json')]);
      expect(layer!.regions.map(keys)).toEqual([keys(region)]);
      expect(layer!.ids).toEqual([7]);
    }),
    { numRuns: 60 },
  );
});

describe('suite2p cells', () => {
  const golden = JSON.parse(readFileSync(new URL('../../../test/golden/pickle/cases.json', import.meta.url), 'utf8')).suite2p;
  const file = (name: string, base64: string) => new File([Buffer.from(base64, 'base64')], name);
  const traces = new File([writeNpy({ data: new Float32Array(6), shape: [3, 2] })], 'F.npy');

  it('come with their probabilities, without what is no cell, and say what was not read', async () => {
    const [layer, ...rest] = await read([file('stat.npy', golden.stat), file('iscell.npy', golden.iscell), traces]);
    expect(rest).toEqual([]);
    expect([layer!.ids, layer!.confidence]).toEqual([
      [0, 2],
      [0.9, 0.6],
    ]);
    expect(layer!.warnings).toEqual(['1 of 3 are not cells in iscell.npy and were left out.', 'Not read: F.npy.']);
  });

  it('all count as certain without iscell.npy', async () => {
    const [layer] = await read([file('stat.npy', golden.stat)]);
    expect([layer!.ids, layer!.confidence, layer!.warnings]).toEqual([[0, 1, 2], undefined, []]);
  });

  it('are refused where stat.npy asks for more than arrays', async () => {
    const error = await refusal([file('stat.npy', golden.hostile)]);
    expect([error.tag, error.place.file]).toEqual(['Unsafe', 'stat.npy']);
    expect(error.message).toContain('posix.system at byte');
  });

  it('are refused on a movie that is too small', async () => {
    const error = await refusal([file('stat.npy', golden.stat)], { name: 'small', height: 4, width: 5 });
    expect(error.message).toContain('9 × 14 pixels, and small has 4 × 5');
  });
});

describe('what is found among names', () => {
  const list = (...paths: string[]) =>
    findLayers({ files: [new File([], 'a.zip')], paths, table: new Float64Array(6 * paths.length) }).map(
      ({ kind, name, entries }) => [kind, name, entries],
    );

  it('JSON only where there is nothing else', () => {
    expect(list('a.json', 'b/b.json')).toEqual([
      ['json', 'a.json', [0]],
      ['json', 'b.json', [1]],
    ]);
    expect(list('a.json', 'readme.md')).toEqual([]);
    expect(list('set/images/image00000.tiff', 'set/regions/regions.json')).toEqual([]);
  });

  it('selections and suite2p folders beside anything', () => {
    expect(list('a.tif', 'a.roi', 'x/b.roi', 'regions.json')).toEqual([['rois', 'a.zip', [1, 2]]]);
    expect(list('plane0/iscell.npy', 'plane0/stat.npy', 'plane1/stat.npy', 'plane1/F.npy')).toEqual([
      ['suite2p', 'stat.npy', [1, 0]],
      ['suite2p', 'stat.npy', [2]],
    ]);
  });
});

describeWithData('golden ImageJ selections', () => {
  interface Golden {
    readonly type: number;
    readonly expected?: { readonly shape: readonly number[]; readonly values: readonly (readonly number[])[] };
    readonly expected_error?: string;
  }
  const golden: Readonly<Record<string, Golden>> = JSON.parse(readFileSync(goldenPath('formats/roi.json'), 'utf8'));
  const bytes = (name: string) => readFileSync(dataPath(`formats-roi/${name}`));
  const LINES = ['freeline.roi', 'multipoint.roi', 'polyline.roi'];
  const BIG = { name: 'big', height: 200, width: 200 };

  it('lines and points are refused, shapes outside the image too, all others are read', async () => {
    for (const name of Object.keys(golden)) {
      const file = new File([bytes(name)], name);
      if (LINES.includes(name)) expect((await refusal([file], BIG)).tag, name).toBe('Unsupported');
      else if (/(top|left)-offscreen/.test(name))
        expect((await refusal([file], BIG)).message, name).toContain('leaves the image');
      else if (name === 'ellipse-tiny.roi') expect((await refusal([file], BIG)).message).toContain('encloses no pixel centre');
      else expect((await read([file], BIG))[0]!.regions, name).toHaveLength(1);
    }
  });

  it('ovals and ellipses have the pixels of the masks beside them', async () => {
    let compared = 0;
    for (const name of Object.keys(golden).filter((one) => /^(oval|ellipse)/.test(one) && golden[one]!.expected_error)) {
      const [layer] = await read([new File([bytes(name)], name)], BIG);
      const mask = bytes(name.replace('.roi', '.npy'));
      const [, columns, rows] = /\(1, (\d+), (\d+)\)/.exec(mask.toString('latin1', 0, 128))!.map(Number);
      const wanted: string[] = [];
      // Its axes are plane, column, row.
      for (let i = 0; i < columns! * rows!; i++) if (mask[128 + i]) wanted.push(`${i % rows!},${Math.floor(i / rows!)}`);
      const found = keys(layer!.regions[0]!);
      const differing = [...found.filter((key) => !wanted.includes(key)), ...wanted.filter((key) => !found.includes(key))];
      // Ellipses lie in the file as polygons of 72 corners, so a pixel whose centre is on the curve may go either way.
      expect(differing.length, `${name}: ${differing}`).toBeLessThanOrEqual(name.startsWith('oval') ? 0 : 3);
      compared++;
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('real sets: two polygons of a movie by sima, two by fissa, four of a suite2p folder', async () => {
    for (const [path, regions, height, width] of [
      ['calcium-sima/imageJ_ROIs.zip', 2, 128, 256],
      ['formats-roi/RoiSet.zip', 2, 200, 200],
      ['calcium-suite2p-out/20150429.zip', 4, 300, 300],
    ] as const) {
      const [layer] = await read([new File([readFileSync(dataPath(path))], 'set.zip')], { name: 'real', height, width });
      expect(layer!.regions, path).toHaveLength(regions);
      for (const { points } of layer!.regions) expect(points.length).toBeGreaterThan(100);
    }
  });
});
