import { expect, it } from 'vitest';
import type { NumericArray } from '../../base/ndarray.ts';
import { makeRng } from '../../base/rng.ts';
import { fitCamera } from '../camera.ts';
import type { Look } from '../colormap.ts';
import { COLORMAPS, colourOf } from '../colormap.ts';
import { codesOf } from '../quantise.ts';
import { encodePng, readPicture } from '../read-pixels.ts';
import { BACKGROUND, loseAndRestore, withStage } from '../test-stage.ts';
import { createImageLayer } from './image.ts';

const SIDE = 64;
const camera = { row: SIDE / 2, col: SIDE / 2, zoom: 1 };
const random = (make: (uniform: number) => number) => {
  const rng = makeRng(11);
  return Array.from({ length: SIDE * SIDE }, () => make(rng.uniform()));
};
const planeOf = (data: NumericArray) => codesOf({ data, height: SIDE, width: SIDE });

/** A window of 255 codes shows the low byte's steps one by one: any error of a code changes the grey. */
function expectExact(data: NumericArray, lows: number[]): Promise<void> {
  return withStage(SIDE, SIDE, ({ gl, shoot }) => {
    const layer = createImageLayer(gl);
    layer.setPlane(planeOf(data));
    for (const low of lows) {
      const look: Look = { low, high: low + 255, gamma: 1, map: 'gray' };
      layer.setLook(look);
      const at = shoot((view) => layer.draw(view, camera));
      const drawn = Array.from(data, (_, i) => at(i % SIDE, Math.floor(i / SIDE))[0]);
      expect(drawn, `from ${low}`).toEqual(Array.from(data, (value) => colourOf(value, look)[0]));
    }
  });
}

it('rebuilds random 16-bit values exactly', async () => {
  const data = Uint16Array.from(random((u) => u * 65536));
  await expectExact(data, [0, 255, 256, 4096 - 100, 32768 - 128, 65280, 65535 - 255, ...data.subarray(0, 20)]);
});

it('rebuilds int16, uint8 and int8', async () => {
  await expectExact(Int16Array.from(random((u) => u * 600 - 300)), [-300, -128, 0]);
  await expectExact(Int16Array.from(random((u) => u * 65536 - 32768)), [-32768, 32512, -1000]);
  await expectExact(Uint8Array.from(random((u) => u * 256)), [0, 100]);
  await expectExact(Int8Array.from(random((u) => u * 256 - 128)), [-128, -20]);
});

it('maps known values through window, gamma and colour map within 1/255', () =>
  withStage(SIDE, SIDE, ({ gl, shoot }) => {
    const data = Uint16Array.from(random((u) => 200 + u * 4000));
    const layer = createImageLayer(gl);
    layer.setPlane(planeOf(data));
    for (const map of COLORMAPS) {
      for (const gamma of [0.5, 1, 2.2]) {
        const look = { low: 212, high: 3480, gamma, map };
        layer.setLook(look);
        const at = shoot((view) => layer.draw(view, camera));
        let worst = 0;
        for (let i = 0; i < data.length; i++) {
          const drawn = at(i % SIDE, Math.floor(i / SIDE));
          const wanted = colourOf(data[i]!, look);
          const wantedNext = [-0.5, 0.5].map((step) => colourOf(data[i]! + step, look));
          const off = (to: readonly number[]) => Math.max(...drawn.map((part, k) => Math.abs(part - to[k]!)));
          // A value on the edge between two entries of the table may take either.
          worst = Math.max(worst, Math.min(off(wanted), ...wantedNext.map(off)));
        }
        expect(worst, `${map} ${gamma}`).toBeLessThanOrEqual(1);
      }
    }
  }));

it('keeps contrast limits in data units for quantised planes and hatches NaN', () =>
  withStage(SIDE, SIDE, ({ gl, shoot }) => {
    const data = Float32Array.from(random((u) => u * 4 - 2));
    data[5 * SIDE + 9] = Number.NaN;
    const layer = createImageLayer(gl);
    layer.setPlane(planeOf(data));
    const look: Look = { low: -1, high: 1.5, gamma: 1, map: 'gray' };
    layer.setLook(look);
    const at = shoot((view) => layer.draw(view, camera));
    for (let i = 0; i < data.length; i++) {
      if (Number.isNaN(data[i]!)) continue;
      expect(Math.abs(at(i % SIDE, Math.floor(i / SIDE))[0]! - colourOf(data[i]!, look)[0])).toBeLessThanOrEqual(1);
    }
    expect([10, 28]).toContain(at(9, 5)[0]);
  }));

it('puts row 3, column 7 of a non-square plane where it belongs, at any pixel ratio', () =>
  withStage(400, 300, ({ gl, shoot }) => {
    const [height, width] = [490, 498];
    const data = new Uint16Array(height * width);
    data[3 * width + 7] = 1000;
    const layer = createImageLayer(gl);
    layer.setPlane(codesOf({ data, height, width }));
    layer.setLook({ low: 0, high: 1000, gamma: 1, map: 'gray' });
    for (const pixelRatio of [1, 1.5, 2]) {
      // The pixel fills CSS px 70…80 × 30…40 when the corner is at 0, 0 and the zoom 10.
      const at = shoot((view) => layer.draw(view, { row: 15, col: 20, zoom: 10 }), pixelRatio);
      const bright = (x: number, y: number) => at(x, y)[0] === 255;
      const [left, top] = [70 * pixelRatio, 30 * pixelRatio];
      const side = 10 * pixelRatio;
      expect([bright(left, top), bright(left + side - 1, top + side - 1)]).toEqual([true, true]);
      expect([bright(left - 1, top), bright(left, top - 1), bright(left + side, top), bright(left, top + side)]).toEqual(
        Array(4).fill(false),
      );
      expect(bright(30 * pixelRatio, 70 * pixelRatio), 'rows and columns swapped').toBe(false);
    }
  }));

it('fits the plane into its box and leaves the surroundings alone', () =>
  withStage(100, 60, ({ gl, shoot }) => {
    const layer = createImageLayer(gl);
    layer.setPlane(codesOf({ data: new Uint8Array(20 * 10).fill(255), height: 20, width: 10 }));
    const box = { x: 40, y: 10, width: 50, height: 40 };
    const at = shoot((view) => layer.draw({ ...view, box }, fitCamera({ height: 20, width: 10 }, box)));
    const white = [255, 255, 255];
    expect([at(55, 10), at(74, 49)]).toEqual([white, white]);
    expect([at(54, 10), at(75, 49), at(60, 9), at(60, 50)]).toEqual(Array(4).fill(BACKGROUND));
  }));

it('hatches a missing frame at 45° and shows the next good one', () =>
  withStage(48, 48, ({ gl, shoot }) => {
    const layer = createImageLayer(gl);
    const middle = { row: 24, col: 24, zoom: 1 };
    layer.setMissing({ height: 48, width: 48 });
    const at = shoot((view) => layer.draw(view, middle));
    const greys = Array.from({ length: 48 }, (_, x) => at(x, 20)[0]);
    expect(new Set(greys)).toEqual(new Set([10, 28]));
    for (let x = 1; x < 48; x++) expect(at(x, 21)[0]).toBe(greys[x - 1]);
    layer.setPlane(codesOf({ data: new Uint8Array(48 * 48).fill(200), height: 48, width: 48 }));
    expect(shoot((view) => layer.draw(view, middle))(20, 20)).toEqual([200, 200, 200]);
  }));

it('blinks between two slots, each with its own look', () =>
  withStage(8, 8, ({ gl, shoot }) => {
    const layer = createImageLayer(gl);
    const middle = { row: 4, col: 4, zoom: 1 };
    layer.setPlane(codesOf({ data: new Uint8Array(64).fill(100), height: 8, width: 8 }));
    layer.setPlane(codesOf({ data: new Uint16Array(64).fill(500), height: 8, width: 8 }), 1);
    layer.setLook({ low: 0, high: 500, gamma: 1, map: 'viridis' }, 1);
    const colour = () => shoot((view) => layer.draw(view, middle))(4, 4);
    expect(colour()).toEqual([100, 100, 100]);
    layer.show(1);
    expect(colour()).toEqual([253, 231, 37]);
    layer.show(0);
    expect(colour()).toEqual([100, 100, 100]);
  }));

it('updates in place when only the values change, and follows a change of size', () =>
  withStage(8, 8, ({ gl, shoot }) => {
    const layer = createImageLayer(gl);
    for (const [side, grey] of [
      [8, 10],
      [8, 20],
      [4, 30],
      [7, 40],
    ] as const) {
      layer.setPlane(codesOf({ data: new Uint8Array(side * side).fill(grey), height: side, width: side }));
      expect(shoot((view) => layer.draw(view, { row: side / 2, col: side / 2, zoom: 8 / side }))(4, 4)).toEqual([
        grey,
        grey,
        grey,
      ]);
    }
  }));

it('draws the same pixels after the context was lost and restored', () =>
  withStage(SIDE, SIDE, async ({ gl, shoot }) => {
    const layer = createImageLayer(gl);
    layer.setPlane(planeOf(Uint16Array.from(random((u) => u * 4096))));
    layer.setLook({ low: 0, high: 4095, gamma: 1, map: 'magma' });
    const sample = (at: (x: number, y: number) => number[]) =>
      Array.from({ length: SIDE * SIDE }, (_, i) => at(i % SIDE, Math.floor(i / SIDE)));
    const before = sample(shoot((view) => layer.draw(view, camera)));
    expect(new Set(before.map(String)).size).toBeGreaterThan(100);
    await loseAndRestore(gl, () => {
      expect(gl.regl).toBeNull();
      layer.draw({ box: { x: 0, y: 0, width: SIDE, height: SIDE }, pixelRatio: 1, targetHeight: SIDE }, camera);
      // Set while lost: must be there after the restore.
      layer.setLook({ low: 0, high: 4095, gamma: 1, map: 'viridis' });
    });
    layer.setLook({ low: 0, high: 4095, gamma: 1, map: 'magma' });
    expect(sample(shoot((view) => layer.draw(view, camera)))).toEqual(before);
  }));

it('draws on the canvas itself what the picture shows', () =>
  withStage(SIDE, SIDE, ({ gl }) => {
    const layer = createImageLayer(gl);
    layer.setPlane(planeOf(Uint16Array.from(random((u) => u * 256))));
    const draw = (target: { pixelRatio: number; targetHeight: number }) =>
      layer.draw({ box: { x: 0, y: 0, width: SIDE, height: SIDE }, ...target }, camera);
    const picture = readPicture(gl, { width: SIDE, height: SIDE, pixelRatio: 1, background: [0, 0, 0] }, draw);
    gl.clear([0, 0, 0]);
    draw({ pixelRatio: 1, targetHeight: gl.canvas.height });
    const copy = document.createElement('canvas').getContext('2d')!;
    copy.drawImage(gl.canvas, 0, 0);
    expect([...copy.getImageData(0, 0, SIDE, SIDE).data]).toEqual([...picture.rgba]);
  }));

it('saves a picture at four times the size as PNG', () =>
  withStage(10, 6, async ({ gl }) => {
    const layer = createImageLayer(gl);
    layer.setPlane(codesOf({ data: Uint8Array.from({ length: 60 }, (_, i) => i * 4), height: 6, width: 10 }));
    const picture = readPicture(gl, { width: 10, height: 6, pixelRatio: 4, background: [0, 0, 0] }, (target) =>
      layer.draw({ box: { x: 0, y: 0, width: 10, height: 6 }, ...target }, { row: 3, col: 5, zoom: 1 }),
    );
    const bitmap = await createImageBitmap(await encodePng(picture));
    expect([bitmap.width, bitmap.height]).toEqual([40, 24]);
    const copy = document.createElement('canvas').getContext('2d')!;
    copy.drawImage(bitmap, 0, 0);
    // Device px (29, 17) lies in sample row 4, column 7.
    expect([...copy.getImageData(29, 17, 1, 1).data]).toEqual([188, 188, 188, 255]);
    expect(() => readPicture(gl, { width: 1e5, height: 1, pixelRatio: 1, background: [0, 0, 0] }, () => {})).toThrowError(
      expect.objectContaining({ tag: 'Unsupported', hint: 'Choose a smaller magnification.' }),
    );
  }));
