import { expect, it } from 'vitest';
import { BACKGROUND as BACK, loseAndRestore, withStage } from '../test-stage.ts';
import type { TraceSeries } from './trace.ts';
import { createTraceLayer } from './trace.ts';

const TRACE = [228, 228, 228] as const;
const lane = { top: 10, height: 40, low: 0, high: 1 };
const seriesOf = (values: Float32Array, more: Partial<TraceSeries> = {}): TraceSeries => ({
  values,
  step: 1,
  start: 0,
  lane,
  colour: TRACE,
  width: 1,
  dashed: false,
  ...more,
});

it('draws low values at the foot of the lane and a spike of one sample up to its head', () =>
  withStage(200, 60, ({ gl, shoot }) => {
    const values = new Float32Array(100_000);
    values[75_020] = 1;
    const layer = createTraceLayer(gl);
    layer.setSeries([seriesOf(values)]);
    const at = shoot((view) => layer.draw(view, 0, 100_000));
    expect(at(20, 49)).not.toEqual(BACK);
    expect(at(20, 30)).toEqual(BACK);
    const lit = Array.from({ length: 200 }, (_, x) => x).filter((x) => at(x, 30)[2]! > 60);
    expect(lit.length).toBeGreaterThanOrEqual(1);
    for (const x of lit) expect(Math.abs(x - 150)).toBeLessThanOrEqual(1);
    const zoomed = shoot((view) => layer.draw(view, 75_000, 75_040));
    expect(Array.from({ length: 200 }, (_, x) => zoomed(x, 12)[2]! > 60).indexOf(true)).toBeGreaterThanOrEqual(98);
  }));

it('takes step and start of each series, its lane, and breaks at NaN', () =>
  withStage(100, 100, ({ gl, shoot }) => {
    const layer = createTraceLayer(gl);
    const values = new Float32Array(20).fill(0.5);
    values.fill(Number.NaN, 8, 12);
    const lower = { top: 50, height: 41, low: 0, high: 1 };
    layer.setSeries([
      seriesOf(values, { step: 0.5, start: 10, lane: { ...lane, height: 41 }, width: 3 }),
      seriesOf(values, { lane: lower, width: 3 }),
    ]);
    const at = shoot((view) => layer.draw(view, 0, 20));
    const row = (y: number) => Array.from({ length: 100 }, (_, x) => (at(x, y)[0] === TRACE[0] ? '#' : '.')).join('');
    // 0.5 s a sample from 10 s on: samples 0…7 lie at 10…13.5 s, so at x 50…67; samples 12…19 at x 80…97.
    expect(row(30)).toMatch(/^\.{48,50}#{17,22}\.{9,13}#{17,22}\.{0,3}$/);
    expect(row(70)).toMatch(/^#{35,38}\.{22,26}#{35,40}\.{0,5}$/);
  }));

it('dashes the companion, and draws ticks and the playhead one px wide', () =>
  withStage(100, 60, ({ gl, shoot }) => {
    const layer = createTraceLayer(gl);
    layer.setSeries([seriesOf(new Float32Array(101).fill(0.5), { lane: { ...lane, height: 41 }, width: 3, dashed: true })]);
    layer.setEvents([{ times: [5, 25.5, 250], lane: { ...lane, height: 45 }, colour: [255, 0, 0], length: 6 }]);
    layer.setPlayhead({ time: 60.2, colour: [255, 255, 255] });
    const at = shoot((view) => layer.draw(view, 0, 100));
    const line = Array.from({ length: 100 }, (_, x) => at(x, 30)[0] === TRACE[0]);
    expect(line.filter(Boolean).length).toBeGreaterThan(50);
    expect(line.filter((on) => !on).length).toBeGreaterThan(36);
    expect([at(5, 52), at(25, 50), at(60, 5), at(60, 58)]).toEqual([
      [255, 0, 0],
      [255, 0, 0],
      [255, 255, 255],
      [255, 255, 255],
    ]);
    expect([at(4, 52), at(6, 52), at(5, 44), at(59, 5), at(61, 5)]).toEqual(Array(5).fill(BACK));
    layer.setPlayhead(null);
    expect(shoot((view) => layer.draw(view, 0, 100))(60, 5)).toEqual(BACK);
  }));

it('shows values written into the same array once they are set again, and survives a lost context', () =>
  withStage(50, 60, async ({ gl, shoot }) => {
    const layer = createTraceLayer(gl);
    const values = new Float32Array(51);
    const wide = { width: 4, lane };
    layer.setSeries([seriesOf(values, wide)]);
    const lit = () => {
      const at = shoot((view) => layer.draw(view, 0, 50));
      return [at(25, 10), at(25, 49)].map((colour) => colour[0] === TRACE[0]);
    };
    expect(lit()).toEqual([false, true]);
    values.fill(1);
    layer.setSeries([seriesOf(values, wide)]);
    expect(lit()).toEqual([true, false]);
    await loseAndRestore(gl, () => layer.setSeries([seriesOf(values, wide)]));
    expect(lit()).toEqual([true, false]);
  }));
