import { flushSync } from 'react-dom';
import { expect, it } from 'vitest';
import { drawn, FRAMES, makeDataset, press, putBins, withPanel } from './test-time-panel.tsx';

it('moves the movie on click, drag and keys, and zooms by buttons, keys and double-click', async () => {
  const { dataset, calls } = makeDataset('hands');
  putBins('hands');
  await withPanel(dataset, async (host) => {
    const plot = host.querySelector('.trace-plot')!;
    plot.setPointerCapture = () => {};
    const width = plot.clientWidth;
    press(plot, 'pointerdown', 0.5 * width);
    press(plot, 'pointermove', 0.75 * width);
    press(plot, 'pointerup', 0.75 * width);
    press(plot, 'pointermove', 0.1 * width);
    expect(calls).toEqual(['seek 350', 'seek 525', 'seek 525']);
    await drawn();
    const slider = host.querySelector<HTMLElement>('[role="slider"]')!;
    expect(slider.getAttribute('aria-valuetext')).toBe('75.0 s');
    expect(host.querySelector('.time-playhead')?.textContent).toBe('75.0 s');
    // A label that the playhead's time covers would read as another time.
    const shownTicks = () =>
      [...host.querySelectorAll<HTMLElement>('.time-tick')].filter((one) => one.style.visibility !== 'hidden');
    const named = shownTicks().map((one) => one.textContent);
    press(plot, 'pointerdown', (212 / FRAMES) * width);
    press(plot, 'pointerup', (212 / FRAMES) * width);
    await drawn();
    expect(named).toContain('30 s');
    expect(shownTicks().map((one) => one.textContent)).not.toContain('30 s');
    calls.splice(3);
    press(plot, 'pointerdown', 0.75 * width);
    press(plot, 'pointerup', 0.75 * width);
    calls.splice(3);
    for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'x']) {
      slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
    expect(calls.slice(3)).toEqual(['step 526', 'step 525', 'seek 0', 'seek 699']);

    const ticks = () => [...host.querySelectorAll('.time-tick')].map((one) => one.textContent);
    const all = ticks();
    expect(all[0]).toBe('0 s');
    const button = (name: string) => host.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)!;
    expect(button('Show all time').disabled).toBe(true);
    flushSync(() => button('Show less time').click());
    expect(ticks()).not.toEqual(all);
    flushSync(() => button('Show all time').click());
    expect(ticks()).toEqual(all);
    flushSync(() => slider.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true })));
    expect(ticks()).not.toEqual(all);
    flushSync(() => plot.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
    expect(ticks()).toEqual(all);
    const wheel = new WheelEvent('wheel', {
      deltaY: -600,
      clientX: plot.getBoundingClientRect().left,
      bubbles: true,
      cancelable: true,
    });
    flushSync(() => plot.dispatchEvent(wheel));
    expect(wheel.defaultPrevented).toBe(true);
    expect(ticks()[0]).toMatch(/^0(\.0)? s$/);
    expect(ticks()).not.toEqual(all);
  });
});
