// Bricks hold what one array would, and no more than was written to.
import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import { cutBox } from './boxes.ts';
import { denseVoxels, LabelBricks } from './label-bricks.ts';
import { PLANE_AXES, PLANES, planeOf } from './planes.ts';

const shape: Triple = [20, 150, 140];
const rng = makeRng(8);

function drawn(): { bricks: LabelBricks; dense: Uint8Array<ArrayBuffer> } {
  const bricks = new LabelBricks(shape, 9);
  const dense = new Uint8Array(voxelsOf(shape)).fill(9);
  const plain = denseVoxels(dense, shape);
  for (let n = 0; n < 400; n++) {
    const [place, value] = [rng.below(voxelsOf(shape)), rng.below(4)];
    bricks.put(place, value);
    plain.put(place, value);
  }
  const [from, to]: [Triple, Triple] = [
    [14, 120, 100],
    [18, 140, 135],
  ];
  const box = Uint8Array.from({ length: voxelsOf(extentOf(from, to)) }, (_, i) => i % 5);
  bricks.putBox(from, to, box);
  plain.putBox(from, to, box);
  return { bricks, dense };
}

it('gives voxels, boxes, planes and counts as one array does', () => {
  const { bricks, dense } = drawn();
  expect(bricks.box([0, 0, 0], shape)).toEqual(dense);
  const [from, to]: [Triple, Triple] = [
    [3, 50, 90],
    [17, 131, 140],
  ];
  expect(bricks.box(from, to)).toEqual(cutBox(dense, shape, { from, to }));
  for (const plane of PLANES) {
    const { row, col } = PLANE_AXES[plane];
    const all = (axis: number) => Int32Array.from({ length: shape[axis]! }, (_, i) => i);
    expect(bricks.plane(plane, 15, all(row), all(col)), plane).toEqual(planeOf(dense, shape, plane, 15).data);
  }
  for (const place of [0, 123_456, voxelsOf(shape) - 1]) expect(bricks.at(place)).toBe(dense[place]);
  expect(bricks.counts().get(3)).toBe(dense.filter((label) => label === 3).length);
});

it('holds a volume of billions of voxels by what was written to it', () => {
  const vast: Triple = [720, 1420, 5805];
  const bricks = new LabelBricks(vast, 255);
  expect(bricks.bytes).toBe(0);
  const place = (719 * 1420 + 1419) * 5805 + 5804;
  bricks.put(place, 3);
  expect(bricks.bytes).toBeLessThan(300_000);
  expect([bricks.at(place), bricks.valueAt(719, 1419, 5804), bricks.at(place - 1), bricks.at(0)]).toEqual([3, 3, 255, 255]);
});

it('comes back from what is remembered of it, and refuses what is not', () => {
  const { bricks, dense } = drawn();
  expect(bricks.packed()).toBeNull();
  for (const _ of bricks.pack());
  const kept = bricks.packed()!;
  expect(LabelBricks.unpack(kept, shape, 9).box([0, 0, 0], shape)).toEqual(dense);
  bricks.put(5, 1);
  expect(bricks.packed()).toBeNull();
  expect(() => LabelBricks.unpack(kept, [20, 20, 20], 9)).toThrow(/cannot be used/);
});

it('changes nothing of a copy', () => {
  const { bricks, dense } = drawn();
  const copy = bricks.copy();
  bricks.putBox([0, 0, 0], [2, 20, 20], new Uint8Array(800));
  expect(copy.box([0, 0, 0], shape)).toEqual(dense);
});
