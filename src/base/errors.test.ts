import { expect, it } from 'vitest';
import { describePlace, fromPlain, isSomascopeError, placed, SomascopeError, toPlain } from './errors.ts';

function thrownBy(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

it('takes the refusals of memory of this engine for OutOfMemory, and no other RangeError', () => {
  const refusals = [() => new ArrayBuffer(2 ** 52), () => new Float64Array(2 ** 45), () => new Uint8Array(-1)];
  for (const refusal of refusals) {
    const plain = toPlain(thrownBy(refusal));
    expect(plain).toMatchObject({ tag: 'OutOfMemory', message: expect.stringContaining('memory') });
    expect(plain.hint).toContain('Close other data sets');
  }
  expect(toPlain(thrownBy(() => (1).toFixed(101))).tag).toBe('Bug');
});

it('names what a browser says of files and cancels', () => {
  expect(toPlain(new DOMException('gone', 'NotFoundError'))).toMatchObject({ tag: 'FileChanged', hint: 'Open it again.' });
  expect(toPlain(new DOMException('changed', 'NotReadableError')).tag).toBe('FileChanged');
  expect(toPlain(new DOMException('stop', 'AbortError')).tag).toBe('Aborted');
  expect(toPlain('a text')).toMatchObject({ tag: 'Bug', message: 'a text' });
});

it('carries an error over a boundary that keeps plain data only', () => {
  const error = new SomascopeError(
    'CutOff',
    'It ends early.',
    { file: 'a.zip', entry: 'b', byte: 12_345, index: 0 },
    'Get it again.',
  );
  const back = fromPlain(structuredClone(toPlain(error)));
  expect(isSomascopeError(back, 'CutOff')).toBe(true);
  expect(back).toMatchObject({
    name: 'CutOff',
    message: error.message,
    place: error.place,
    hint: error.hint,
    stack: error.stack,
  });
  expect(describePlace(back.place)).toBe('a.zip, b, item 0, byte 12,345');
});

it('fills in a place only where there is none', () => {
  const error = new SomascopeError('Invalid', 'x', { entry: 'inner', byte: 3 });
  expect(placed(error, { file: 'outer.zip', entry: 'outer' })).toMatchObject({
    place: { file: 'outer.zip', entry: 'inner', byte: 3 },
  });
  const other = new Error('not ours');
  expect(placed(other, { file: 'outer.zip' })).toBe(other);
});
