import { flushSync } from 'react-dom';
import { expect, it } from 'vitest';
import { liveContexts } from '../../../render/context.ts';
import { resources } from '../../../state/resources.ts';
import { session } from '../../../state/session.ts';
import { detection, makeDataset, putBins, putExact, withPanel } from './test-time-panel.tsx';

it('asks for a region while none is selected, above the mean of the field', async () => {
  const { dataset } = makeDataset('empty');
  putBins('empty');
  await withPanel(dataset, async (host) => {
    await expect.poll(() => host.textContent).toContain('Whole field');
    expect(host.textContent).toContain('Click a region to see its trace.');
    expect(host.querySelector<HTMLSelectElement>('select[aria-label="Trace"]')?.value).toBe('raw');
  });
});

it('tells of the data set, counts the open ones, and lets go of its context', async () => {
  const { dataset } = makeDataset('about');
  session.setState({ datasets: [{ id: 'about', modality: 'calcium', name: 'about', note: '' }] });
  const before = liveContexts();
  await withPanel(dataset, async (host) => {
    expect(liveContexts()).toBe(before + 1);
    expect(host.querySelector('#time-tab-scores')?.textContent).toBe('Scores 1');
    flushSync(() => host.querySelector<HTMLElement>('#time-tab-about')!.click());
    expect(liveContexts()).toBe(before);
    for (const text of ['visual cortex', 'Ten frames are missing.', 'README.md', '1.20 kB', '710'])
      expect(host.textContent).toContain(text);
    flushSync(() => host.querySelector<HTMLElement>('#time-tab-scores')!.click());
    expect(host.querySelector('table[aria-label="Scores"]')).not.toBeNull();
    flushSync(() => host.querySelector<HTMLElement>('#time-tab-traces')!.click());
  });
  expect(liveContexts()).toBe(before);
  session.setState({ datasets: [] });
});

it('does not overflow a narrow window', async () => {
  const { dataset } = makeDataset('narrow');
  putExact('narrow');
  resources.put('narrow/predictions', [detection], 0, true);
  dataset.store.setState({ selection: { layer: 'predictions', index: 0 } });
  await withPanel(
    dataset,
    async (host) => {
      for (const tab of ['traces', 'about', 'scores'] as const) {
        flushSync(() => dataset.store.setState({ tab }));
        expect(host.scrollWidth).toBeLessThanOrEqual(390);
        for (const part of host.querySelectorAll('.time-head, .time-body, .trace-grid, .about')) {
          expect(part.scrollWidth, part.className).toBeLessThanOrEqual(part.clientWidth);
        }
      }
    },
    390,
  );
});
