// What the page itself can do, among the commands: jobs by their names as long as they run, and an update that waits.
import { afterEach, expect, it, vi } from 'vitest';
import { endJob, startJob } from '../state/jobs.ts';
import { update } from '../state/update.ts';
import { registered } from '../ui/actions.ts';
import { clear, settle, show } from '../ui/test-page.ts';
import { JobActions } from './page-actions.ts';
import { UpdateOffer } from './update-offer.tsx';

afterEach(clear);

const names = () => registered().map(({ group, label }) => `${group}: ${label}`);

it('cancels what runs by its name, and forgets it when it is done', async () => {
  const cancel = vi.fn();
  await show(<JobActions />);
  expect(names()).toEqual([]);
  let id = 0;
  await settle(() => {
    id = startJob({ label: 'Exact traces' }, cancel);
  });
  expect(names()).toEqual(['Cancel: Exact traces']);
  registered()[0]?.run(0);
  expect(cancel).toHaveBeenCalledTimes(1);
  await settle(() => endJob(id));
  expect(names()).toEqual([]);
});

it('offers an update while one waits, and no longer when it is declined', async () => {
  await show(<UpdateOffer />);
  expect([document.querySelector('.toast'), names()]).toEqual([null, []]);
  await settle(() => update.setState({ waiting: true }));
  expect(document.querySelector('.toast')?.textContent).toContain('A new version is ready');
  expect(names()).toEqual(['Page: Reload to the new version']);
  await settle(() => document.querySelector<HTMLButtonElement>('[aria-label="Not now"]')?.click());
  expect([document.querySelector('.toast'), names()]).toEqual([null, []]);
});
