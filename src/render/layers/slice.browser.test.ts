import { expect, it } from 'vitest';
import { codesOf } from '../quantise.ts';
import { withStage } from '../test-stage.ts';
import { createPalettes, createSliceLayer, type SliceLook } from './slice.ts';

const SIDE = 8;
/** Four device px a voxel: voxel (row, column) has its middle at 4 × (column, row) + 2. */
const ZOOM = 4;
const camera = { row: SIDE / 2, col: SIDE / 2, zoom: ZOOM };
const middle = (row: number, col: number) => [ZOOM * col + 2, ZOOM * row + 2] as const;
const BLUE = [0, 0, 255];
const LOOK: SliceLook = {
  look: { low: 0, high: 255, gamma: 1, map: 'gray' },
  labels: [{ fill: 1, outline: 1, width: 1 }, { fill: 1, outline: 1, width: 1 }, null],
  compare: null,
  swipe: null,
  highlight: null,
  errors: [
    [0, 255, 0],
    [255, 0, 0],
    [255, 255, 0],
  ],
};

/** Grey 100; truth has label 1 in columns 0–3, the prediction in columns 2–5. */
function planes() {
  const columns = (from: number, to: number) =>
    Uint8Array.from({ length: SIDE * SIDE }, (_, i) => Number(i % SIDE >= from && i % SIDE <= to));
  const image = codesOf({ data: new Uint8Array(SIDE * SIDE).fill(100), height: SIDE, width: SIDE });
  return { image, labels: [columns(0, 3), columns(2, 5), null], height: SIDE, width: SIDE, aspect: { row: 1, col: 1 } };
}

function draw(change: Partial<SliceLook>, shown: boolean): Promise<(row: number, col: number) => number[]> {
  return new Promise((resolve, reject) => {
    withStage(SIDE * ZOOM, SIDE * ZOOM, ({ gl, shoot }) => {
      const layer = createSliceLayer(gl);
      const palettes = createPalettes(gl);
      const table = new Uint8Array(256 * 4);
      table.set([...BLUE, shown ? 255 : 0], 4);
      palettes.set(0, table);
      palettes.set(1, table);
      layer.setPlane(planes());
      const at = shoot((view) => layer.draw(view, camera, { ...LOOK, ...change }, palettes));
      resolve((row, col) => at(...middle(row, col)));
    }).catch(reject);
  });
}

it('fills what is shown and leaves what is hidden', async () => {
  const at = await draw({}, true);
  expect([at(3, 1), at(3, 5), at(3, 7)]).toEqual([BLUE, BLUE, [100, 100, 100]]);
  expect((await draw({}, false))(3, 1)).toEqual([100, 100, 100]);
});

it('tells agreement, extra and missed apart, and swipes between the two', async () => {
  const at = await draw({ compare: 1 }, true);
  const [agreed, extra, missed, none] = [at(3, 2), at(3, 5), at(3, 1), at(3, 7)];
  expect(agreed[1]).toBeGreaterThan(agreed[0]!);
  expect(extra[0]).toBeGreaterThan(extra[1]!);
  expect(missed[0]).toBeGreaterThan(missed[2]!);
  expect(none).toEqual([100, 100, 100]);
  const swiped = await draw({ swipe: 0.5 }, true);
  expect([swiped(3, 1), swiped(3, 5)]).toEqual([BLUE, BLUE]);
  expect((await draw({ swipe: 0 }, true))(3, 1)).toEqual([100, 100, 100]);
});
