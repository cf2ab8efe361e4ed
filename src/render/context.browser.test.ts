import { expect, it } from 'vitest';
import { createGl, liveContexts, MAX_CONTEXTS } from './context.ts';
import { createImageLayer } from './layers/image.ts';
import { withStage } from './test-stage.ts';

it('opens and closes 40 contexts, and the browser takes none away', async () => {
  const taken: string[] = [];
  const witness = createGl(document.createElement('canvas'));
  witness.onLost(() => taken.push('witness'));
  const canvases: HTMLCanvasElement[] = [];
  for (let i = 0; i < 40; i++) {
    const canvas = document.createElement('canvas');
    // Held until the end: garbage collection must not be what frees the contexts.
    canvases.push(canvas);
    const gl = createGl(canvas);
    const layer = createImageLayer(gl);
    layer.setPlane({ data: new Uint16Array(16), height: 4, width: 4, scale: 1, offset: 0, missing: null });
    layer.draw({ box: { x: 0, y: 0, width: 4, height: 4 }, pixelRatio: 1, targetHeight: 150 }, { row: 2, col: 2, zoom: 1 });
    expect(liveContexts()).toBe(2);
    gl.destroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(taken).toEqual([]);
  expect(witness.canvas.getContext('webgl')?.isContextLost()).toBe(false);
  expect(canvases.map((canvas) => canvas.getContext('webgl')?.isContextLost())).toEqual(Array(40).fill(true));
  witness.destroy();
  expect(liveContexts()).toBe(0);
});

it('keeps at most six contexts alive', () => {
  const open = Array.from({ length: MAX_CONTEXTS }, () => createGl(document.createElement('canvas')));
  expect(() => createGl(document.createElement('canvas'))).toThrowError(
    expect.objectContaining({ tag: 'NoWebGL', hint: 'Close a data set or a view.' }),
  );
  for (const gl of open) gl.destroy();
  const after = createGl(document.createElement('canvas'));
  after.destroy();
  after.destroy();
  expect(liveContexts()).toBe(0);
});

it('says what to do where there is no WebGL', () => {
  const canvas = document.createElement('canvas');
  // A canvas that has a 2-D context gives no WebGL.
  canvas.getContext('2d');
  expect(() => createGl(canvas)).toThrowError(
    expect.objectContaining({ tag: 'NoWebGL', hint: expect.stringContaining('hardware acceleration') }),
  );
  expect(liveContexts()).toBe(0);
});

it('refuses a canvas whose context was destroyed', () => {
  const canvas = document.createElement('canvas');
  createGl(canvas).destroy();
  expect(() => createGl(canvas)).toThrowError(expect.objectContaining({ tag: 'Bug' }));
});

it('refuses a plane that no texture holds, by its size', () =>
  withStage(8, 8, ({ gl }) => {
    const layer = createImageLayer(gl);
    const width = gl.regl!.limits.maxTextureSize + 1;
    const plane = { data: new Uint8Array(width), height: 1, width, scale: 1, offset: 0, missing: null };
    expect(() => layer.setPlane(plane)).toThrowError(
      expect.objectContaining({ tag: 'Unsupported', message: expect.stringContaining(`1 × ${width}`) }),
    );
  }));
