import { expect, it } from 'vitest';
import { release } from './release.ts';

const canTransfer = 'transfer' in ArrayBuffer.prototype;

it('empties the arrays where the engine can, and leaves others alone', () => {
  const gone = new Float64Array(8);
  const kept = new Float64Array(8);
  release(gone);
  expect(gone.length).toBe(canTransfer ? 0 : 8);
  expect(kept.length).toBe(8);
  expect(() => release(gone)).not.toThrow();
});
