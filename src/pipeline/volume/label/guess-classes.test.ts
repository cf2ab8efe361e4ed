import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { loadNpz } from '../../../test/load-npz.ts';
import { dataPath, describeWithData } from '../../../test/shared-data.ts';
import type { LabelVolume, Volume } from '../volume.ts';
import { guessClasses } from './guess-classes.ts';

describe('what label values mean', () => {
  const rng = makeRng(1);
  /** Grey levels of labels 0, 1, 2 … with a spread of 10. */
  const draw = (levels: readonly number[]): [Volume, LabelVolume] => {
    const shape = [4, 16, 16] as const;
    const data = Uint8Array.from({ length: 1024 }, (_, i) => i % levels.length);
    return [
      { data: Float32Array.from(data, (label) => levels[label]! + 10 * rng.normal()), shape },
      { data, shape },
    ];
  };

  it('is told by how bright they are', () => {
    expect(Object.fromEntries(guessClasses(...draw([120, 180, 15, 70]))!)).toEqual({
      0: 'background',
      1: 'axon',
      2: 'vessel',
      3: 'cell',
    });
    expect(Object.fromEntries(guessClasses(...draw([120, 70, 15]))!)).toEqual({ 0: 'background', 1: 'cell', 2: 'vessel' });
  });

  it('is not told where the image does not say', () => {
    expect(guessClasses(...draw([120, 70]))).toBeNull();
    expect(guessClasses(...draw([120, 121, 60, 60]))).toBeNull();
    expect(guessClasses(...draw([120, 180, 60, 60.5]))).toBeNull();
    expect(guessClasses(...draw([120, 180, 15, 70, 200]))).toBeNull();
  });
});

describeWithData('xray-mini', () => {
  it('is told in each of the conventions', () => {
    const files = loadNpz(dataPath('xray-mini/xray-mini.npz'));
    const shape = [64, 256, 256] as const;
    const image = { data: files['image']!.data, shape };
    for (const order of [
      [0, 1, 2, 3],
      [0, 2, 1, 3],
      [0, 2, 3, 1],
    ] as const) {
      const labels = { data: Uint8Array.from(files['pixel_labels']!.data as Uint8Array, (value) => order[value]!), shape };
      const guess = guessClasses(image, labels)!;
      expect(order.map((value) => guess.get(value))).toEqual(['background', 'vessel', 'cell', 'axon']);
    }
  });
});
