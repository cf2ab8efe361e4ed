// Keys: what is typed is text, single keys can be switched off, the newest binding wins, held keys are let go.
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULTS, setPreferences } from '../state/preferences.ts';
import { Dialog } from './dialog.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { type Binding, useShortcutListener, useShortcuts } from './shortcuts.ts';
import { byRole, clear, press, settle, show, type } from './test-page.ts';

const play = vi.fn();
const accept = vi.fn();
const detect = vi.fn();
const step = vi.fn();
const blink = vi.fn();

const BINDINGS: readonly Binding[] = [
  { keys: 'Space', label: 'Play', group: 'Movie', run: play },
  { keys: 'ArrowRight', label: 'Step', group: 'Movie', run: step, allowRepeat: true },
  { keys: 'a', label: 'Accept', group: 'Regions', run: accept },
  { keys: 'b', label: 'Blink', group: 'Views', run: () => blink('down'), release: () => blink('up') },
  { keys: 'Ctrl+Enter', label: 'Detect neurons', group: 'Detection', run: detect },
];

function Inner({ run }: { readonly run: () => void }) {
  useShortcuts([{ keys: 'a', label: 'Add', group: 'Drawing', run }]);
  return null;
}

function Page({ inner, help = false }: { readonly inner?: () => void; readonly help?: boolean }) {
  const [open, setOpen] = useState(help);
  useShortcutListener();
  useShortcuts(BINDINGS);
  return (
    <>
      <input aria-label="Name" />
      <input type="range" aria-label="Slider" />
      <button type="button">Button</button>
      {inner && <Inner run={inner} />}
      {open && <KeyboardHelp onClose={() => setOpen(false)} />}
    </>
  );
}

beforeEach(() => vi.clearAllMocks());
afterEach(async () => {
  await clear();
  setPreferences(DEFAULTS);
});

const field = () => document.querySelector<HTMLInputElement>('input[aria-label="Name"]')!;

it('runs what is bound, and repeats only what may repeat', async () => {
  await show(<Page />);
  const event = await press('a', {}, document.body);
  await press('a', { repeat: true }, document.body);
  await press('ArrowRight', { repeat: true }, document.body);
  expect([accept.mock.calls.length, step.mock.calls.length, event.defaultPrevented]).toEqual([1, 1, true]);
  await press('z', {}, document.body);
  await press('a', { ctrlKey: true }, document.body);
  expect(accept).toHaveBeenCalledTimes(1);
});

it('leaves typed keys to the field, but not Ctrl with Enter', async () => {
  await show(<Page />);
  await press('a', {}, field());
  await press(' ', {}, field());
  expect([accept.mock.calls.length, play.mock.calls.length]).toEqual([0, 0]);
  await press('Enter', { ctrlKey: true }, field());
  expect(detect).toHaveBeenCalledTimes(1);
});

it('leaves arrows to sliders and Space to buttons', async () => {
  await show(<Page />);
  await press('ArrowRight', {}, byRole('slider', 'Slider'));
  await press(' ', {}, byRole('button', 'Button'));
  expect([step.mock.calls.length, play.mock.calls.length]).toEqual([0, 0]);
  await press(' ', {}, byRole('slider', 'Slider'));
  expect(play).toHaveBeenCalledTimes(1);
});

it('switches single keys off, and nothing else', async () => {
  await show(<Page />);
  setPreferences({ singleKeys: false });
  await press('a', {}, document.body);
  await press(' ', {}, document.body);
  await press('Enter', { ctrlKey: true }, document.body);
  expect([accept.mock.calls.length, play.mock.calls.length, detect.mock.calls.length]).toEqual([0, 1, 1]);
});

it('prefers the newest binding and forgets it when its view is gone', async () => {
  const add = vi.fn();
  await show(<Page inner={add} />);
  await press('a', {}, document.body);
  expect([add.mock.calls.length, accept.mock.calls.length]).toEqual([1, 0]);
  await show(<Page />);
  await press('a', {}, document.body);
  expect([add.mock.calls.length, accept.mock.calls.length]).toEqual([1, 1]);
});

it('lets a held key go when the window is left', async () => {
  await show(<Page />);
  await settle(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'b', bubbles: true })));
  await settle(() => window.dispatchEvent(new Event('blur')));
  await settle(() => document.body.dispatchEvent(new KeyboardEvent('keyup', { key: 'b', bubbles: true })));
  expect(blink.mock.calls).toEqual([['down'], ['up']]);
});

it('shows what is bound, finds in it, and holds the switch', async () => {
  await show(<Page help />);
  const lines = () => [...document.querySelectorAll('.keys li')].map((line) => line.textContent);
  expect(lines()).toContain('AcceptA');
  await press('a', {}, document.body);
  expect(accept).not.toHaveBeenCalled();
  await type(document.querySelector('input[type="search"]')!, 'detect');
  expect(lines()).toEqual(['Detect neuronsCtrl ⏎']);
  await settle(() => byRole('checkbox', 'Single-key shortcuts').click());
  await settle(() => byRole('button', 'Close').click());
  expect(document.querySelector('dialog')).toBeNull();
  await press('a', {}, document.body);
  expect(accept).not.toHaveBeenCalled();
});

it('gives the focus back when a dialog is closed', async () => {
  await show(<button type="button">Opener</button>);
  byRole('button', 'Opener').focus();
  const close = vi.fn();
  const page = (open: boolean) => (
    <>
      <button type="button">Opener</button>
      {open && (
        <Dialog title="Export" onClose={close} actions={<button type="button">Save</button>}>
          text
        </Dialog>
      )}
    </>
  );
  await show(page(false));
  byRole('button', 'Opener').focus();
  await show(page(true));
  expect(document.querySelector('dialog')?.matches(':modal')).toBe(true);
  expect(document.activeElement).toBe(byRole('button', 'Save'));
  await settle(() => document.querySelector('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true })));
  expect(close).toHaveBeenCalledTimes(1);
  await show(page(false));
  expect(document.activeElement).toBe(byRole('button', 'Opener'));
});
