// What stands in place of a view that threw: its own mistake can be tried again, a part of the page that did not come wants a reload.
import { lazy, type ReactElement, Suspense } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { log } from '../state/log.ts';
import { byRole, clear, settle, show } from '../ui/test-page.ts';
import { ErrorBoundary } from './error-boundary.tsx';

afterEach(async () => {
  await clear();
  vi.restoreAllMocks();
  log.setState({ notices: [] });
});

const told = () => log.getState().notices.map(({ text }) => text);

it('a view that throws says why, and is shown again when asked', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let broken = true;
  function View(): ReactElement {
    if (broken) throw new Error('no such frame');
    return <p>here it is</p>;
  }
  await show(
    <ErrorBoundary name="a">
      <View />
    </ErrorBoundary>,
  );
  expect(document.body.textContent).toContain('no such frame');
  broken = false;
  await settle(() => byRole('button', 'Show it again').click());
  expect(document.body.textContent).toContain('here it is');
});

it('a part of the page that is gone from the server asks for a reload and blames nobody', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const Gone = lazy(() => import(/* @vite-ignore */ `${location.origin}/is-not-there.js`));
  await show(
    <ErrorBoundary name="a">
      <Suspense>
        <Gone />
      </Suspense>
    </ErrorBoundary>,
  );
  await expect.poll(() => document.body.textContent).toContain('Reload the page; what you did is kept.');
  byRole('button', 'Reload');
  expect(told().join()).toContain('the server has another version of it now');
  expect(told().join()).not.toContain('mistake in Somascope');
});
