// Slider with field, segmented choice, menu, splitter: names, keyboard, values.
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { DEFAULTS, preferences, setPreferences } from '../state/preferences.ts';
import { Frame } from './frame.tsx';
import { ListIcon } from './icons.tsx';
import { Menu } from './menu.tsx';
import { Segmented } from './segmented.tsx';
import { Slider } from './slider.tsx';
import { byRole, clear, press, settle, show, type } from './test-page.ts';

afterEach(async () => {
  await clear();
  setPreferences(DEFAULTS);
});

function Confidence({ onCommit }: { readonly onCommit: (value: number) => void }) {
  const [value, setValue] = useState(0.4);
  return (
    <Slider
      label="Confidence"
      caption="Confidence ≥"
      value={value}
      min={0}
      max={1}
      step={0.01}
      onChange={setValue}
      onCommit={onCommit}
    />
  );
}

it('keeps slider and field together and commits once', async () => {
  const commit = vi.fn();
  await show(<Confidence onCommit={commit} />);
  const slider = byRole('slider', 'Confidence') as HTMLInputElement;
  const field = byRole('spinbutton', 'Confidence value') as HTMLInputElement;
  expect([slider.value, field.value]).toEqual(['0.4', '0.40']);

  await type(slider, '0.75');
  expect(field.value).toBe('0.75');
  expect(commit).not.toHaveBeenCalled();
  await settle(() => slider.dispatchEvent(new Event('change', { bubbles: true })));
  expect(commit.mock.calls).toEqual([[0.75]]);

  await type(field, '0.25');
  expect(slider.value).toBe('0.75');
  await press('Enter', {}, field);
  expect(slider.value).toBe('0.25');
  await press('ArrowUp', {}, field);
  expect(slider.value).toBe('0.26');
  expect(commit.mock.calls).toEqual([[0.75], [0.25], [0.26]]);
});

it('refuses a wrong value with a sentence and takes it back on leaving', async () => {
  const commit = vi.fn();
  await show(<Confidence onCommit={commit} />);
  const field = byRole('spinbutton', 'Confidence value') as HTMLInputElement;
  field.focus();
  await type(field, '1.5');
  await press('Enter', {}, field);
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe('From 0.00 to 1.00');
  await settle(() => field.blur());
  expect([field.value, field.getAttribute('aria-invalid')]).toEqual(['0.40', 'false']);
  expect(commit).not.toHaveBeenCalled();
});

it('chooses by arrow keys and leaves one stop for Tab', async () => {
  const chosen = vi.fn();
  const choices = [
    { value: 'movie', label: 'Movie' },
    { value: 'off', label: 'Off', disabled: true },
    { value: 'std', label: 'Std dev', name: 'Standard deviation' },
  ];
  await show(<Segmented label="View" value="movie" choices={choices} onChange={chosen} />);
  byRole('radio', 'Movie').focus();
  await press('ArrowRight');
  expect(chosen.mock.calls).toEqual([['std']]);
  expect(document.activeElement).toBe(byRole('radio', 'Standard deviation'));
  expect(document.querySelectorAll('[role="radio"][tabindex="0"]')).toHaveLength(1);
});

it('opens a menu, moves, finds by letters, tells why an item is off, and gives the focus back', async () => {
  const run = vi.fn();
  const off = vi.fn();
  const groups = [
    [
      { label: 'Submission JSON', keys: 'Ctrl+e', run },
      { label: 'Traces CSV', run: off, disabled: true, note: 'no traces yet' },
    ],
    [{ label: 'Picture PNG', run }],
  ];
  await show(<Menu label="Export" groups={groups} />);
  const button = byRole('button', 'Export');
  await press('ArrowDown', {}, button);
  expect(document.activeElement).toBe(byRole('menuitem', 'Submission JSON'));
  await press('ArrowDown');
  const traces = byRole('menuitem', 'Traces CSV');
  expect(document.activeElement).toBe(traces);
  expect(document.getElementById(traces.getAttribute('aria-describedby') ?? '')?.textContent).toBe('no traces yet');
  await settle(() => traces.click());
  expect(off).not.toHaveBeenCalled();
  await press('p');
  expect(document.activeElement).toBe(byRole('menuitem', 'Picture PNG'));
  await press('ArrowDown');
  expect(document.activeElement).toBe(byRole('menuitem', 'Submission JSON'));
  await press('Escape');
  expect(document.querySelector('[role="menu"]')).toBeNull();
  expect(document.activeElement).toBe(button);

  await settle(() => button.click());
  await settle(() => byRole('menuitem', 'Picture PNG').click());
  expect(run).toHaveBeenCalledTimes(1);
  expect(document.activeElement).toBe(button);
});

it('moves a splitter by 8 px, keeps to its limits, restores on double-click, and becomes tabs in a narrow window', async () => {
  await page.viewport(1440, 900);
  await show(
    <Frame
      modality="calcium"
      phase="ready"
      title="one"
      top={<header />}
      left={<p>left</p>}
      main={<p>stage</p>}
      status={<footer />}
      tabs={[{ id: 'data', label: 'Data', icon: ListIcon, panel: <p>left</p> }]}
    />,
  );
  const splitter = byRole('separator', 'Left panel width');
  const width = () => document.querySelector('.left')?.getBoundingClientRect().width;
  expect([splitter.getAttribute('aria-valuenow'), width()]).toEqual(['232', 232]);
  await press('ArrowRight', {}, splitter);
  expect([splitter.getAttribute('aria-valuenow'), width()]).toEqual(['240', 240]);
  await press('ArrowLeft', {}, splitter);
  await press('ArrowLeft', {}, splitter);
  expect(preferences.getState().leftWidth).toBe(224);
  await press('Home', {}, splitter);
  await press('ArrowLeft', {}, splitter);
  expect(splitter.getAttribute('aria-valuenow')).toBe(splitter.getAttribute('aria-valuemin'));
  await settle(() => splitter.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
  expect(width()).toBe(232);
  expect(document.querySelector('main')?.dataset).toMatchObject({ modality: 'calcium', phase: 'ready' });
  await settle(() => page.viewport(414, 896));
  await expect.element(page.getByRole('tab', { name: 'Data' })).toBeVisible();
  expect(document.querySelector('[role="separator"]')).toBeNull();
});
