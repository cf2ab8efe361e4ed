// Corners of real selections against the arrays that lie beside them, x before y.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { readRoi, writeRoi } from './index.ts';

describeWithData('golden ImageJ selections', () => {
  it('have the corners of the reference', () => {
    const golden: Readonly<Record<string, { readonly type: number; readonly expected?: { readonly values: number[][] } }>> =
      JSON.parse(readFileSync(goldenPath('formats/roi.json'), 'utf8'));
    let compared = 0;
    for (const [name, { type, expected }] of Object.entries(golden)) {
      // Lines and points are no shapes; the reference drops the rounding of corners, and of a spline takes the corners that are
      // whole numbers where ImageJ takes those with fractions.
      if (!expected || ![0, 1, 7, 8].includes(type) || /rounded|spline/.test(name)) continue;
      const { shape } = readRoi(readFileSync(dataPath(`formats-roi/${name}`)), name);
      if (shape.kind !== 'paths') throw new Error(`${name} is no path`);
      const [path] = shape.paths;
      const wanted = expected.values.flatMap(([x, y]) => [y!, x!]);
      expect([...path!], name).toEqual(wanted);
      compared++;
    }
    expect(compared).toBeGreaterThan(12);
  });

  it('a traced selection is written as ImageJ wrote it, but for its version and its second header', () => {
    const wand = readFileSync(dataPath('formats-roi/wand.roi'));
    const { shape } = readRoi(wand, 'wand.roi');
    const written = writeRoi(shape.kind === 'paths' ? shape.paths : []);
    const secondHeader = wand.readUInt32BE(60);
    expect(written.length).toBe(secondHeader);
    const apart = [...written.keys()].filter((at) => written[at] !== wand[at]);
    // Bytes 4 and 5 hold the version, 60 to 63 the place of the second header.
    expect(apart.filter((at) => at !== 5 && !(at >= 60 && at < 64))).toEqual([]);
  });
});
