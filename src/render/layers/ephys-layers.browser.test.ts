import { expect, it } from 'vitest';
import { BACKGROUND as BACK, loseAndRestore, withStage } from '../test-stage.ts';
import { createChannelLines } from './channel-lines.ts';
import { createHeatMap } from './heat-map.ts';
import { createPointCloud } from './points.ts';

const RED = [255, 0, 0] as const;
const WHITE = [255, 255, 255] as const;

it('channel lines: each lane at its place, in its colour, after a restore too', () =>
  withStage(100, 60, async ({ gl, shoot }) => {
    const layer = createChannelLines(gl);
    // Lane 0 is flat; lane 1 has a peak of 10 at sample 5, in colour 1.
    const points = Array.from({ length: 22 }, (_, i) => [i % 11, i === 16 ? 10 : 0, i < 11 ? 0 : 1, i < 11 ? 0 : 1]).flat();
    layer.setBlock('a', Float32Array.from(points));
    const placement = { pxPerSample: 10, originX: 0, firstY: 15, pitch: 30, gain: 1 };
    const look = () => shoot((view) => layer.draw(view, 'a', placement, { colours: [WHITE, RED], width: 2, alpha: 1 }));
    const check = (at: (x: number, y: number) => number[]) => {
      expect(at(30, 15)).toEqual([...WHITE]);
      expect(at(30, 45)).toEqual([...RED]);
      expect(at(50, 36)[0]).toBeGreaterThan(220);
      expect(at(50, 36)[1]).toBeLessThan(60);
      expect(at(50, 25)).toEqual([...BACK]);
    };
    check(look());
    await loseAndRestore(gl);
    check(look());
    layer.retain(() => false);
    expect(look()(30, 15)).toEqual([...BACK]);
  }));

it('heat map: of the columns in one px the one furthest from zero, rows from the top', () =>
  withStage(10, 20, ({ gl, shoot }) => {
    const layer = createHeatMap(gl);
    const data = new Int16Array(2 * 40);
    data[22] = -100;
    layer.setBlock('a', { data, height: 2, width: 40, scale: 1, offset: 0, missing: null });
    const look = { low: -100, high: 100, gamma: 1, map: 'gray' } as const;
    const at = shoot((view) => layer.draw(view, 'a', { originX: 0, pxPerColumn: 0.25, firstRow: 0, rows: 2 }, look));
    expect(at(5, 4)).toEqual([0, 0, 0]);
    expect(at(6, 4)[0]).toBeGreaterThan(110);
    expect(at(5, 14)[0]).toBeGreaterThan(110);
  }));

it('points: at their places, brighter by their shade', () =>
  withStage(100, 50, ({ gl, shoot }) => {
    const layer = createPointCloud(gl);
    layer.setPoints(Float32Array.of(25, 40, 1, 75, 10, 0));
    const placement = { left: 0, right: 100, bottom: 0, top: 50 };
    const at = shoot((view) => layer.draw(view, placement, { low: RED, high: WHITE, size: 3, alpha: 1 }));
    expect(at(25, 10)).toEqual([...WHITE]);
    expect(at(75, 40)[0]).toBeGreaterThan(210);
    expect(at(75, 40)[1]).toBeLessThan(80);
    expect(at(50, 25)).toEqual([...BACK]);
  }));
