// The palette on the page: a combobox that lists what is registered, does it once, and hands numbers over.
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULTS, preferences, setPreferences } from '../state/preferences.ts';
import { useActions } from './actions.ts';
import { Check } from './check.tsx';
import { CommandPalette } from './command-palette.tsx';
import { Menu } from './menu.tsx';
import { Section } from './section.tsx';
import { Segmented } from './segmented.tsx';
import { useShortcutListener, useShortcuts } from './shortcuts.ts';
import { Slider } from './slider.tsx';
import { Tabs } from './tabs.tsx';
import { clear, press, settle, show, type } from './test-page.ts';

const fit = vi.fn();
const save = vi.fn();
const cut = vi.fn();

function Page({ late = false }: { readonly late?: boolean }) {
  const [open, setOpen] = useState(false);
  const [diameter, setDiameter] = useState(10);
  const [labels, setLabels] = useState<'both' | 'active'>('both');
  const [truth, setTruth] = useState(true);
  const [tab, setTab] = useState<'traces' | 'scores'>('traces');
  useShortcutListener();
  useShortcuts([
    { keys: 'Ctrl+k', label: 'Commands', group: 'Page', run: () => setOpen(true) },
    { keys: 'f', label: 'Fit', group: 'Picture', run: fit },
    { keys: '0', label: 'Fit', group: 'Picture', run: fit },
  ]);
  useActions([{ label: 'Cut', group: 'Picture', run: cut }], late);
  return (
    <>
      <Section title="Detection">
        <Slider label="Soma diameter" value={diameter} min={4} max={30} step={0.5} unit="px" onChange={setDiameter} />
        <Segmented
          label="Labels are"
          value={labels}
          choices={[
            { value: 'both', label: 'Both' },
            { value: 'active', label: 'Active' },
          ]}
          onChange={setLabels}
        />
        <Check label="Truth" checked={truth} onChange={setTruth} />
      </Section>
      <Tabs
        label="Time strip"
        group="time"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'traces', label: 'Traces' },
          { id: 'scores', label: 'Scores' },
        ]}
      />
      <Menu
        label="Export"
        groups={[
          [
            { label: 'Regions JSON', run: save },
            { label: 'Scores CSV', run: save, disabled: true, note: 'no score yet' },
          ],
        ]}
      />
      <output>{`${diameter} ${labels} ${truth} ${tab}`}</output>
      {open && <CommandPalette onClose={() => setOpen(false)} />}
    </>
  );
}

beforeEach(() => vi.clearAllMocks());
afterEach(async () => {
  await clear();
  setPreferences(DEFAULTS);
});

const field = () => document.querySelector<HTMLInputElement>('[role="combobox"]')!;
const options = () => [...document.querySelectorAll<HTMLElement>('[role="option"]')];
const texts = () => options().map(({ textContent }) => textContent);
const chosen = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');
const state = () => document.querySelector('output:not([role])')?.textContent;

async function run(query: string): Promise<void> {
  await press('k', { ctrlKey: true }, document.body);
  await type(field(), query);
  await press('Enter', {}, field());
}

it('lists what the controls on the page can do, under their heads, and keys beside them', async () => {
  await show(<Page late />);
  await press('k', { ctrlKey: true }, document.body);
  expect(document.activeElement).toBe(field());
  const all = texts();
  for (const text of [
    'Soma diameter 4.0 to 30.0 px',
    'Both',
    'Truth',
    'Scores',
    'Regions JSON',
    'Scores CSVno score yet',
    'FitF0',
    'Cut',
  ])
    expect(
      all.filter((one) => one === text),
      text,
    ).toHaveLength(1);
  const list = document.querySelector('[role="listbox"]')!;
  expect(field().getAttribute('aria-controls')).toBe(list.id);
  const heads = [...list.querySelectorAll('[role="group"]')].map(
    (one) => document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent,
  );
  expect(heads).toEqual(expect.arrayContaining(['Export', 'Time strip', 'Detection', 'Labels are', 'Picture', 'Page']));
  expect(new Set(heads).size).toBe(heads.length);
});

it('does what is typed: a number, a choice, a switch, a tab, an item of a menu', async () => {
  await show(<Page />);
  await run('diameter 12');
  await run('labels active');
  await run('truth');
  await run('time scores');
  expect(state()).toBe('12 active false scores');
  await run('regions json');
  expect(save).toHaveBeenCalledTimes(1);
  expect(document.querySelector('dialog')).toBeNull();
});

it('asks for the number that is missing, and does nothing with one out of range or what is disabled', async () => {
  await show(<Page />);
  await run('diam');
  expect(field().value).toBe('Soma diameter ');
  await type(field(), 'Soma diameter 99');
  await press('Enter', {}, field());
  expect(options()[0]?.getAttribute('aria-disabled')).toBe('true');
  await type(field(), 'scores csv');
  await press('Enter', {}, field());
  expect(document.querySelector('dialog')).not.toBeNull();
  await type(field(), 'nothing like that');
  expect(options()).toHaveLength(0);
  expect(field().getAttribute('aria-expanded')).toBe('false');
  expect(state()).toBe('10 both true traces');
  expect(save).not.toHaveBeenCalled();
});

it('moves the choice with the arrows, round the ends, and with the pointer', async () => {
  await show(<Page />);
  await press('k', { ctrlKey: true }, document.body);
  expect(chosen()).toBe(options()[0]);
  await press('ArrowUp', {}, field());
  expect(chosen()).toBe(options().at(-1));
  await press('ArrowDown', {}, field());
  await press('ArrowDown', {}, field());
  expect(chosen()?.getAttribute('aria-selected')).toBe('true');
  expect(options().filter((one) => one.getAttribute('aria-selected') === 'true')).toEqual([options()[1]]);
  await type(field(), 'fit');
  await settle(() => options()[0]?.click());
  expect(fit).toHaveBeenCalledTimes(1);
});

it('puts what was done last first, and keeps it', async () => {
  await show(<Page />);
  await run('fit');
  await run('diameter 8');
  await press('k', { ctrlKey: true }, document.body);
  expect(texts().slice(0, 2)).toEqual(['Detection Soma diameter 8.0 px', 'Picture FitF0']);
  expect(preferences.getState().recent.map(({ name }) => name)).toEqual(['Detection/Soma diameter', 'Picture/Fit']);
  await press('Enter', {}, field());
  expect(state()).toBe('8 both true traces');
});

it('forgets what is no longer on the page', async () => {
  await show(<Page late />);
  await show(<Page />);
  await press('k', { ctrlKey: true }, document.body);
  await type(field(), 'cut');
  expect(texts()).not.toContain('Picture Cut');
});
