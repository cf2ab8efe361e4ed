import { expect, it } from 'vitest';
import { type FindInput, type FindRunner, findRegions } from './find-regions.ts';

const plane = new Float64Array(4);
const INPUT: FindInput = {
  mean: plane,
  even: plane,
  odd: plane,
  height: 2,
  width: 2,
  frames: 9,
  binned: { bins: 3, binRate: 2, cut: async () => new Uint16Array(12) },
  labels: 'both',
  sensitivity: 0.5,
  radius: null,
};

/** A runner that keeps both searches waiting until `open` of them have begun. */
function fakeRunner(open: number) {
  const begun: string[] = [];
  let release: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    release = resolve;
  });
  const shares: [number, number][] = [];
  let question: unknown;
  const runner: FindRunner = {
    async run<O>(job: string, _input: unknown, { from, to }: { from: number; to: number }): Promise<O> {
      shares.push([from, to]);
      if (job === 'radius') return 5 as O;
      begun.push(job);
      if (begun.length === open) release();
      await all;
      return `${job} found` as O;
    },
    async ask<O>(_job: string, input: unknown): Promise<O> {
      question = input;
      return { detections: [], defaultCut: 0.4 } as O;
    },
  };
  return { runner, begun, shares, question: () => question };
}

it('searches shapes and activity side by side', async () => {
  const { runner, begun, shares, question } = fakeRunner(2);
  expect(await findRegions(INPUT, runner)).toEqual({ radius: 5, detections: [], defaultCut: 0.4 });
  expect(begun).toEqual(['shape', 'activity']);
  expect(question()).toMatchObject({ shape: 'shape found', activity: 'activity found', radius: 5 });
  expect(shares.reduce((sum, [from, to]) => sum + to - from, 0)).toBeCloseTo(1, 12);
});

it('leaves out the ladder where the radius is given, and activity where only visible cells count', async () => {
  const { runner, begun, shares, question } = fakeRunner(1);
  await findRegions({ ...INPUT, labels: 'visible', radius: 4 }, runner);
  expect(begun).toEqual(['shape']);
  expect(shares).toEqual([[0, 1]]);
  expect(question()).toMatchObject({ activity: null, radius: 4 });
});
