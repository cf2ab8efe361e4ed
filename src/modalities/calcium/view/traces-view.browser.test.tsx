import { flushSync } from 'react-dom';
import { expect, it } from 'vitest';
import { resources } from '../../../state/resources.ts';
import { selectRegion } from './selection.ts';
import { bump } from './store.ts';
import {
  brightColumns,
  canvasIn,
  detection,
  drawn,
  FRAMES,
  makeDataset,
  putBins,
  putExact,
  withPanel,
} from './test-time-panel.tsx';

it('shows the binned trace at once, and the exact one with SNR and events when it is there', async () => {
  const { dataset } = makeDataset('instant');
  putBins('instant');
  resources.put('instant/predictions', [detection], 0, true);
  await withPanel(dataset, async (host) => {
    performance.clearMarks('trace-shown');
    flushSync(() => selectRegion(dataset, { layer: 'predictions', index: 0 }));
    expect(host.textContent).toContain('Region 1');
    expect(host.textContent).toContain('binned, exact when read');
    await drawn();
    expect(performance.getEntriesByName('trace-shown')).toHaveLength(1);
    expect(canvasIn(host).getAttribute('aria-description')).toBe(
      'Region 1, 4 px: Raw F, binned, peak 1,000 grey values at 50.4 s.',
    );
    putExact('instant');
    flushSync(() => bump(dataset.store, 'traces'));
    expect(host.textContent).not.toContain('binned, exact when read');
    expect(host.textContent).toContain('4 px · SNR 6.1');
    expect(host.querySelector<HTMLSelectElement>('select[aria-label="Trace"]')?.value).toBe('dff');
    expect(canvasIn(host).getAttribute('aria-description')).toBe(
      'Region 1, 4 px: ΔF/F, peak 4.00 ΔF/F at 50.0 s, SNR 6.1, 1 event.',
    );
    expect(host.textContent).toContain('ΔF/F');
    await drawn();
    expect(performance.getEntriesByName('trace-shown')).toHaveLength(1);
  });
});

it('draws the transient where it is', async () => {
  const { dataset } = makeDataset('pixels');
  putBins('pixels');
  putExact('pixels');
  resources.put('pixels/predictions', [detection], 0, true);
  dataset.store.setState({ selection: { layer: 'predictions', index: 0 } });
  await withPanel(dataset, async (host) => {
    // The playhead is as bright as a trace; it stands at the left edge, at frame 0.
    const width = canvasIn(host).clientWidth;
    const x = ((353 + 0.5) / FRAMES) * width;
    const columns = (await brightColumns(host, 0.05, 0.5)).filter((at) => at > 5);
    expect(columns.length).toBeGreaterThan(2);
    for (const at of columns) expect(Math.abs(at - x)).toBeLessThan(10);
  });
});
