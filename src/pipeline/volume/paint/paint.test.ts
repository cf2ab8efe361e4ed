import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { findComponents, paintComponents } from '../label/run-components.ts';
import { slicePlane } from '../slice/orthogonal.ts';
import type { LabelVolume } from '../volume.ts';
import { brushLine, stampBall, stampDisc } from './brush.ts';
import { floodFill } from './flood-fill.ts';
import { applyPatch, beginStroke, patchBetween, patchVoxels } from './stroke.ts';

const empty = (): LabelVolume => ({ data: new Uint8Array(9 * 11 * 13), shape: [9, 11, 13] });
const painted = ({ data }: LabelVolume) => data.reduce((sum, value) => sum + Number(value > 0), 0);

describe('strokes', () => {
  it('are undone and done again exactly, in any mixture of labels', () => {
    const rng = makeRng(4);
    const labels = empty();
    for (let i = 0; i < labels.data.length; i++) labels.data[i] = rng.below(4);
    const states = [labels.data.slice()];
    const patches = [1, 0, 3].map((value, k) => {
      const stroke = beginStroke(labels, value);
      stampBall(stroke, [4, 5 + k, 6], 3.2);
      brushLine(stroke, 'YZ', 3 + k, { row: 1, column: 1 }, { row: 9, column: 7 }, 1.5);
      states.push(labels.data.slice());
      return stroke.finish();
    });
    for (const k of [2, 1, 0]) {
      applyPatch(labels, patches[k]!, 'undo');
      expect(labels.data).toEqual(states[k]);
    }
    for (const k of [0, 1, 2]) {
      applyPatch(labels, patches[k]!, 'redo');
      expect(labels.data).toEqual(states[k + 1]);
    }
  });

  it('keep to the labels they may paint over, and say what they changed', () => {
    const labels = empty();
    labels.data.fill(2, 0, 143);
    const over = new Uint8Array(256);
    over[0] = 1;
    const stroke = beginStroke(labels, 1, over);
    stampBall(stroke, [1, 5, 6], 1);
    const patch = stroke.finish();
    expect([painted(labels), patchVoxels(patch)]).toEqual([143 + 6, 6]);
    expect(patch.start.length).toBe(4);
    expect(patchVoxels(beginStroke(labels, 1).finish())).toBe(0);
  });

  it('of a whole segmentation are the runs that differ', () => {
    const from = Uint8Array.from([0, 1, 1, 2, 2, 0]);
    const to = Uint8Array.from([0, 3, 3, 3, 2, 1]);
    const patch = patchBetween(from, to);
    expect([...patch.start]).toEqual([1, 3, 5]);
    const labels = { data: to, shape: [1, 1, 6] as const };
    applyPatch(labels, patch, 'undo');
    expect(labels.data).toEqual(from);
  });
});

describe('brushes', () => {
  it('are discs in any plane', () => {
    for (const name of ['XY', 'XZ', 'YZ'] as const) {
      const labels = empty();
      stampDisc(beginStroke(labels, 5), name, 4, { row: 3, column: 5 }, 2);
      const { data, width } = slicePlane(labels, name, 4);
      for (const [i, value] of data.entries()) {
        expect(value).toBe(Math.hypot(Math.floor(i / width) - 3, (i % width) - 5) <= 2 ? 5 : 0);
      }
      expect(painted(labels)).toBe(13);
    }
  });

  it('of radius 0 paint a line without gaps, cut at the border', () => {
    const labels = empty();
    brushLine(beginStroke(labels, 1), 'XY', 0, { row: -3, column: -3 }, { row: 10, column: 12 }, 0);
    expect(complete(findComponents(labels, 4)).count).toBe(1);
    expect([labels.data[0], labels.data[142]]).toEqual([1, 1]);
    expect(painted(labels)).toBeLessThan(30);
  });

  it('that are balls hold what lies within the radius', () => {
    const labels = empty();
    stampBall(beginStroke(labels, 1), [4, 5, 6], 2);
    expect(painted(labels)).toBe(33);
  });
});

describe('flood fill', () => {
  const rng = makeRng(7);
  const noise: LabelVolume = {
    data: Uint8Array.from({ length: 9 * 11 * 13 }, () => Number(rng.uniform() < 0.55)),
    shape: [9, 11, 13],
  };

  it('fills the component of the voxel clicked', () => {
    const components = complete(paintComponents(complete(findComponents(noise, 6))));
    for (const seed of [0, 100, 700].map((from) => noise.data.indexOf(1, from))) {
      const labels = { data: noise.data.slice(), shape: noise.shape };
      const filled = complete(floodFill(beginStroke(labels, 7), seed));
      expect([...labels.data].map((v) => v === 7)).toEqual([...components].map((c) => c === components[seed]));
      expect(filled).toBe([...components].filter((c) => c === components[seed]).length);
    }
  });

  it('stays in its plane', () => {
    for (const name of ['XY', 'XZ', 'YZ'] as const) {
      const labels = { data: noise.data.slice(), shape: noise.shape };
      const seed = noise.data.indexOf(1, 600);
      const index = { XY: Math.floor(seed / 143), XZ: Math.floor(seed / 13) % 11, YZ: seed % 13 }[name];
      const plane = slicePlane(noise, name, index);
      const flat: LabelVolume = { data: plane.data.slice(), shape: [1, plane.height, plane.width] };
      const stroke = beginStroke(labels, 7);
      complete(floodFill(stroke, seed, { within: name }));
      const now = slicePlane(labels, name, index).data;
      const components = complete(paintComponents(complete(findComponents(flat, 4))));
      const mine = components[now.indexOf(7)]!;
      expect([...now].map((v) => v === 7)).toEqual([...components].map((c) => c === mine));
      expect(patchVoxels(stroke.finish())).toBe([...components].filter((c) => c === mine).length);
    }
  });

  it('keeps to grey levels like the one clicked', () => {
    const labels: LabelVolume = { data: new Uint8Array(6), shape: [1, 1, 6] };
    const image = { data: Uint8Array.from([10, 12, 13, 40, 12, 11]), shape: labels.shape };
    expect(complete(floodFill(beginStroke(labels, 1), 0, { image, tolerance: 3 }))).toBe(3);
    expect([...labels.data]).toEqual([1, 1, 1, 0, 0, 0]);
  });
});
