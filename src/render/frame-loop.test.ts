import { expect, it } from 'vitest';
import type { FrameHost } from './frame-loop.ts';
import { createFrameLoop } from './frame-loop.ts';

/** A screen that refreshes when told. */
function fakeScreen() {
  let time = 0;
  let pending: ((time: number) => void) | null = null;
  let onVisibility = () => {};
  const screen = {
    isHidden: false,
    requests: 0,
    refresh(ms: number) {
      time += ms;
      const callback = pending;
      pending = null;
      callback?.(time);
    },
    hide(hidden: boolean) {
      screen.isHidden = hidden;
      onVisibility();
    },
  };
  const host: FrameHost = {
    request: (callback) => {
      pending = callback;
      screen.requests++;
      return screen.requests;
    },
    cancel: () => {
      pending = null;
    },
    now: () => time,
    hidden: () => screen.isHidden,
    onVisibility: (listener) => {
      onVisibility = listener;
      return () => {
        onVisibility = () => {};
      };
    },
  };
  return { screen, host };
}

it('draws once for many requests and never unasked', () => {
  const { screen, host } = fakeScreen();
  let drawn = 0;
  const loop = createFrameLoop(() => drawn++, host);
  screen.refresh(16);
  expect(drawn).toBe(0);
  loop.invalidate();
  loop.invalidate();
  screen.refresh(16);
  screen.refresh(16);
  expect([drawn, screen.requests]).toEqual([1, 1]);
});

it('goes on while a listener asks, and measures the rate', () => {
  const { screen, host } = fakeScreen();
  const order: string[] = [];
  const loop = createFrameLoop(() => order.push('draw'), host);
  const stop = loop.onFrame(() => {
    order.push('listener');
    loop.invalidate();
  });
  loop.invalidate();
  for (let i = 0; i < 100; i++) screen.refresh(20);
  expect(order.slice(0, 4)).toEqual(['listener', 'draw', 'listener', 'draw']);
  expect(order).toHaveLength(200);
  expect(loop.fps()).toBeCloseTo(50, 6);
  for (let i = 0; i < 100; i++) screen.refresh(40);
  expect(loop.fps()).toBeCloseTo(25, 1);
  stop();
  screen.refresh(20);
  screen.refresh(600);
  expect(loop.fps()).toBe(0);
});

it('waits while the page is hidden', () => {
  const { screen, host } = fakeScreen();
  let drawn = 0;
  const loop = createFrameLoop(() => drawn++, host);
  loop.invalidate();
  screen.hide(true);
  screen.refresh(16);
  loop.invalidate();
  screen.refresh(16);
  expect(drawn).toBe(0);
  screen.hide(false);
  screen.refresh(16);
  expect(drawn).toBe(1);
});

it('draws nothing after it was destroyed, not even the frame that was asked for', () => {
  const { screen, host } = fakeScreen();
  let drawn = 0;
  const loop = createFrameLoop(() => drawn++, host);
  loop.onFrame(() => loop.destroy());
  loop.invalidate();
  screen.refresh(16);
  loop.invalidate();
  screen.refresh(16);
  expect([drawn, screen.requests]).toEqual([0, 1]);
});
