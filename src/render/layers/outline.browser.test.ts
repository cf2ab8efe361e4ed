import { expect, it } from 'vitest';
import { regionFrom } from '../../base/region.ts';
import { complete } from '../../base/steps.ts';
import type { Camera } from '../camera.ts';
import type { Gl } from '../context.ts';
import { paintLabels } from '../picking.ts';
import { BACKGROUND as BACK, COLOURS, loseAndRestore, withStage } from '../test-stage.ts';
import { createLabelFillLayer } from './label-fill.ts';
import { createOutlineLayer } from './outline.ts';
import { CLASS, createRegionStyles, HIDDEN, overlayStyles } from './region-style.ts';

/** The background below 55 % black. */
const CASED = BACK.map((part) => Math.round(part * 0.45));
/** Image px = CSS px, the image's corner in the corner of a 64 × 64 stage. */
const camera: Camera = { row: 32, col: 32, zoom: 1 };

/** Rectangles [row, col, height, width] as one contour each; region k is the k-th. */
function contoursOf(...boxes: [number, number, number, number][]) {
  const points = boxes.flatMap(([row, col, height, width]) => [
    row,
    col,
    row,
    col + width,
    row + height,
    col + width,
    row + height,
    col,
  ]);
  return { points: Float32Array.from(points), starts: boxes.map((_, i) => 4 * i), regions: boxes.map((_, i) => i) };
}

function layersOn(gl: Gl, width: 1 | 2 = 2) {
  const styles = createRegionStyles(gl);
  styles.setStyles(overlayStyles(COLOURS, width));
  return { styles, outline: createOutlineLayer(gl, styles) };
}

const near = (drawn: number[], wanted: readonly number[]) => drawn.every((part, k) => Math.abs(part - wanted[k]!) <= 1);

it('draws 2 px of colour over a casing of one tone, rows down and columns right', () =>
  withStage(64, 64, ({ gl, shoot }) => {
    const { styles, outline } = layersOn(gl);
    outline.setContours(contoursOf([8, 20, 16, 30]));
    styles.setClasses(Uint8Array.from([CLASS.matched]));
    const at = shoot((view) => complete(outline.steps(view, camera)), 2);
    // The upper edge at row 8 is device row 16: four device px of colour, and three of casing around, half of one outside.
    const column = (y: number) => at(70, y);
    for (const y of [14, 15, 16, 17]) expect(column(y), `row ${y}`).toEqual(COLOURS.matched);
    for (const y of [13, 18]) expect(near(column(y), CASED), `row ${y}: ${column(y)}`).toBe(true);
    for (const y of [10, 11, 20, 21]) expect(column(y), `row ${y}`).toEqual(BACK);
    // The left edge at column 20, the right one at 50, and nothing where rows and columns are swapped.
    expect([at(39, 40), at(40, 40), at(99, 40), at(100, 40)]).toEqual(Array(4).fill(COLOURS.matched));
    expect(at(16, 70)).toEqual(BACK);
    // At a corner the casing is no darker: the segments do not overlap.
    for (let x = 36; x < 46; x++) {
      for (let y = 12; y < 22; y++) expect(at(x, y)[2], `${x}, ${y}`).toBeGreaterThanOrEqual(CASED[2]! - 1);
    }
  }));

it('leaves the gaps of dashed and dotted outlines to the casing', () =>
  withStage(64, 64, ({ gl, shoot }) => {
    const { styles, outline } = layersOn(gl);
    // 40 + 40 + 8 + 8 = 96 px round: exactly 12 dashes of 8 px.
    outline.setContours(contoursOf([6, 12, 8, 40], [30, 12, 8, 40]));
    styles.setClasses(Uint8Array.from([CLASS.extra, CLASS.missed]));
    const at = shoot((view) => complete(outline.steps(view, camera)), 2);
    const upper = Array.from({ length: 80 }, (_, i) => at(24 + i, 12));
    // Dashes begin at the contour's start: device px 0…9 on, 10…15 off, and so on.
    for (let i = 4; i < 76; i++) {
      const phase = i % 16;
      if (phase < 9) expect(near(upper[i]!, COLOURS.extra), `dash at ${i}: ${upper[i]}`).toBe(true);
      if (phase >= 11 && phase < 15) expect(near(upper[i]!, CASED), `gap at ${i}: ${upper[i]}`).toBe(true);
    }
    const dots = Array.from({ length: 80 }, (_, i) => at(24 + i, 60));
    // 96 px / 4.1 = 23 dots round, so ten whole dots in 40 px, and a gap of casing after each.
    const starts = dots.filter((dot, i) => i > 0 && near(dot, COLOURS.missed) && !near(dots[i - 1]!, COLOURS.missed));
    expect(starts.length).toBeGreaterThanOrEqual(9);
    expect(starts.length).toBeLessThanOrEqual(10);
    expect(dots.filter((dot) => near(dot, CASED)).length).toBeGreaterThanOrEqual(18);
  }));

it('keeps widths in CSS px at any zoom', () =>
  withStage(64, 64, ({ gl, shoot }) => {
    const { styles, outline } = layersOn(gl);
    outline.setContours(contoursOf([0, 0, 64, 64], [2, 2, 1000, 1000]));
    styles.setClasses(Uint8Array.from([HIDDEN, CLASS.matched]));
    for (const zoom of [0.5, 3, 10]) {
      const at = shoot((view) => complete(outline.steps(view, { row: 2, col: 2 + 40 / zoom, zoom })));
      const coloured = Array.from({ length: 64 }, (_, y) => at(32, y)).filter((colour) => near(colour, COLOURS.matched));
      expect(coloured, `zoom ${zoom}`).toHaveLength(2);
    }
  }));

it('draws truth thin, hides what is hidden and recolours without new contours', () =>
  withStage(64, 64, ({ gl, shoot }) => {
    const { styles, outline } = layersOn(gl, 1);
    outline.setContours(contoursOf([10, 10, 20, 20], [10, 40, 20, 20]));
    styles.setClasses(Uint8Array.from([CLASS.plain, HIDDEN]));
    let at = shoot((view) => complete(outline.steps(view, camera)), 2);
    expect([at(40, 19), at(40, 20)]).toEqual([COLOURS.plain, COLOURS.plain]);
    expect(near(at(40, 18), CASED)).toBe(true);
    expect([at(100, 19), at(100, 20)]).toEqual([BACK, BACK]);
    styles.setClasses(Uint8Array.from([HIDDEN, CLASS.matched]));
    at = shoot((view) => complete(outline.steps(view, camera)), 2);
    expect([at(40, 19), at(100, 19)]).toEqual([BACK, COLOURS.matched]);
    // Fewer classes than regions: the rest is hidden.
    styles.setClasses(new Uint8Array(0));
    expect(shoot((view) => complete(outline.steps(view, camera)), 2)(100, 19)).toEqual(BACK);
  }));

it('draws highlights above all others, white on a dark casing', () =>
  withStage(64, 64, ({ gl, shoot }) => {
    const { styles, outline } = layersOn(gl);
    outline.setContours(contoursOf([20, 10, 30, 30], [20, 20, 30, 30]));
    styles.setClasses(Uint8Array.from([CLASS.matched, CLASS.matched]));
    outline.setHighlights([{ region: 0, kind: CLASS.selected }]);
    const at = shoot((view) => complete(outline.steps(view, camera)));
    expect([at(15, 19), at(15, 20), at(30, 20)]).toEqual(Array(3).fill(COLOURS.selected));
    expect(at(45, 20)).toEqual(COLOURS.matched);
    expect(at(15, 17)[0]).toBeLessThan(BACK[0] * 0.5);
  }));

it('finds the class of any of a thousand regions', () =>
  withStage(64, 64, ({ gl, shoot }) => {
    const { styles, outline } = layersOn(gl);
    const boxes = Array.from({ length: 1000 }, (_, i): [number, number, number, number] =>
      i === 777 ? [10, 10, 40, 40] : [500, 500, 2, 2],
    );
    outline.setContours(contoursOf(...boxes));
    styles.setClasses(new Uint8Array(1000).fill(CLASS.matched).fill(CLASS.plain, 777, 778));
    expect(shoot((view) => complete(outline.steps(view, camera)))(30, 10)).toEqual(COLOURS.plain);
  }));

it('fills regions with their class colour, the smallest on top', () =>
  withStage(64, 64, ({ gl, shoot }) => {
    const { styles } = layersOn(gl);
    const square = (row: number, col: number, size: number) =>
      regionFrom(Array.from({ length: size * size }, (_, i) => [row + Math.floor(i / size), col + (i % size)]));
    const fill = createLabelFillLayer(gl, styles);
    fill.setLabels(paintLabels([square(5, 20, 4), square(0, 10, 20)], 64, 64));
    styles.setClasses(Uint8Array.from([CLASS.extra, CLASS.matched]));
    const at = shoot((view) => fill.draw(view, camera));
    const share = Math.round(0.35 * 255) / 255;
    const mixed = (colour: readonly number[]) => colour.map((part, k) => part * share + BACK[k]! * (1 - share));
    expect(near(at(21, 6), mixed(COLOURS.extra)), `${at(21, 6)}`).toBe(true);
    expect(near(at(12, 18), mixed(COLOURS.matched)), `${at(12, 18)}`).toBe(true);
    expect([at(9, 3), at(6, 21)]).toEqual([BACK, BACK]);
    styles.setClasses(Uint8Array.from([HIDDEN, CLASS.matched]));
    expect(shoot((view) => fill.draw(view, camera))(21, 6)).toEqual(BACK);
  }));

it('draws the same outlines and fill after the context was lost and restored', () =>
  withStage(64, 64, async ({ gl, shoot }) => {
    const { styles, outline } = layersOn(gl);
    const fill = createLabelFillLayer(gl, styles);
    fill.setLabels(
      paintLabels(
        [
          regionFrom([
            [30, 30],
            [30, 31],
          ]),
        ],
        64,
        64,
      ),
    );
    outline.setContours(contoursOf([10, 10, 20, 20], [20, 20, 30, 30], [4, 4, 50, 50]));
    outline.setHighlights([{ region: 2, kind: CLASS.selected }]);
    styles.setClasses(Uint8Array.from([CLASS.extra, CLASS.missed, CLASS.matched]));
    const all = () => {
      const at = shoot((view) => {
        fill.draw(view, camera);
        complete(outline.steps(view, camera));
      });
      return Array.from({ length: 4096 }, (_, i) => at(i % 64, Math.floor(i / 64)).join());
    };
    const before = all();
    expect(new Set(before).size).toBeGreaterThan(10);
    await loseAndRestore(gl);
    expect(all()).toEqual(before);
    await loseAndRestore(gl);
    expect(all()).toEqual(before);
  }));
