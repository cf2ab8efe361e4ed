// Other keys: pressed, named where they are taken, saved, shown wherever a key is shown, and taken back.
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULTS, preferences, setPreferences } from '../state/preferences.ts';
import { Button } from './button.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { useShortcutListener, useShortcuts } from './shortcuts.ts';
import { byRole, clear, press, settle, show } from './test-page.ts';

const fit = vi.fn();
const detect = vi.fn();
const redo = vi.fn();

function Page() {
  const [help, setHelp] = useState(true);
  useShortcutListener();
  useShortcuts([
    { keys: 'f', label: 'Fit', group: 'Picture', run: fit },
    { keys: 'Ctrl+Enter', label: 'Detect', group: 'Regions', run: detect },
    { keys: 'Ctrl+y', label: 'Redo', group: 'Regions', run: redo },
    { keys: 'Ctrl+Shift+z', label: 'Redo', group: 'Regions', run: redo },
  ]);
  return (
    <>
      <Button keys="f">Fit now</Button>
      {help && <KeyboardHelp onClose={() => setHelp(false)} />}
    </>
  );
}

beforeEach(() => vi.clearAllMocks());
afterEach(async () => {
  await clear();
  setPreferences(DEFAULTS);
});

const newKey = () => document.querySelector<HTMLInputElement>('[aria-label="New key"]')!;
const click = (name: string) => settle(() => byRole('button', name).click());
const note = () => document.querySelector('#new-key-note')?.textContent;
const hint = () => byRole('button', 'Fit now').querySelector('.kbd')?.textContent;

it('changes a key, saves it, and shows it at once', async () => {
  await show(<Page />);
  expect(hint()).toBe('F');
  await click('Change the key of Fit, now F');
  expect(document.activeElement).toBe(newKey());
  await press('Shift', { shiftKey: true }, newKey());
  expect(newKey().value).toBe('');
  await press('V', { shiftKey: true }, newKey());
  expect([newKey().value, note()]).toEqual(['Shift V', 'This key is free.']);
  await click('Use Shift V');
  expect(hint()).toBe('Shift V');
  expect(byRole('button', 'Fit now').getAttribute('aria-keyshortcuts')).toBe('Shift+v');
  expect(JSON.parse(localStorage.getItem('somascope.preferences') ?? '{}').keys).toEqual({ 'Picture/Fit/f': 'Shift+v' });
  await click('Close');
  await press('f', {}, document.body);
  expect(fit).not.toHaveBeenCalled();
  await press('V', { shiftKey: true }, document.body);
  expect(fit).toHaveBeenCalledTimes(1);
});

it('names who has the key, and leaves them without it', async () => {
  await show(<Page />);
  await click('Change the key of Fit, now F');
  await press('Enter', { ctrlKey: true }, newKey());
  expect(note()).toBe('Ctrl ⏎ is “Detect” (Regions), which will be left without a key.');
  await click('Use Ctrl ⏎');
  expect(byRole('button', 'Change the key of Detect, now no key')).toBeTruthy();
  await click('Reset Detect to Ctrl ⏎');
  expect(byRole('button', 'Change the key of Fit, now no key')).toBeTruthy();
  await click('Reset Fit to F');
  expect(preferences.getState().keys).toEqual({});
});

it('takes one of two keys away, and gives all back', async () => {
  await show(<Page />);
  await click('Change the key of Redo, now Ctrl Y');
  await click('No key');
  await click('Change the key of Redo, now Ctrl Shift Z');
  await press('2', {}, newKey());
  await click('Use 2');
  await click('Reset all keys');
  expect([...document.querySelectorAll('.keys li')].map(({ textContent }) => textContent)).toContain('RedoCtrl YCtrl Shift Z');
  expect(preferences.getState().keys).toEqual({});
});

it('refuses what the browser keeps, and leaves Tab and Esc alone', async () => {
  await show(<Page />);
  await click('Change the key of Fit, now F');
  await press('w', { ctrlKey: true }, newKey());
  expect(note()).toBe('The browser keeps Ctrl W for itself.');
  expect(byRole('button', 'Use Ctrl W').hasAttribute('disabled')).toBe(true);
  const tab = await press('Tab', {}, newKey());
  expect([tab.defaultPrevented, newKey().value]).toEqual([false, 'Ctrl W']);
});

it('switches a changed single key off with the others, hint and all', async () => {
  await show(<Page />);
  await click('Change the key of Redo, now Ctrl Y');
  await press('q', {}, newKey());
  await click('Use Q');
  await settle(() => byRole('checkbox', 'Single-key shortcuts').click());
  expect(hint()).toBeUndefined();
  await click('Close');
  await press('q', {}, document.body);
  await press('f', {}, document.body);
  expect([redo.mock.calls.length, fit.mock.calls.length]).toEqual([0, 0]);
  await press('Z', { ctrlKey: true, shiftKey: true }, document.body);
  expect(redo).toHaveBeenCalledTimes(1);
});
