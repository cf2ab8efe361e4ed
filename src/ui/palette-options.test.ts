// The palette's lines: arguments, what is recent, one line for an action with several keys.
import { expect, it, vi } from 'vitest';
import type { Action, Binding } from './actions.ts';
import { commandsOf, type PaletteLine, paletteLines, remember } from './palette-options.ts';

const run = vi.fn();
const ACTIONS: readonly (Action | Binding)[] = [
  { group: 'Export', label: 'Submission JSON', run, disabled: 'no regions yet' },
  { group: 'Regions', label: 'Redo', keys: 'Ctrl+y', run },
  { group: 'Regions', label: 'Redo', keys: 'Ctrl+Shift+z', run },
  { group: 'Export', label: 'Submission JSON', keys: 'Ctrl+e', run },
  { group: 'Detection', label: 'Soma diameter', number: { min: 4, max: 30, step: 0.5, unit: 'px' }, run },
  { group: 'Movie', label: 'Frame', number: { min: 0, max: 3023, step: 1 }, run },
  { group: 'Movie', label: 'First frame', keys: 'Home', run },
  { group: 'View', label: 'Correlation', keys: '5', run },
  { group: 'View', label: 'Correlation, 4 neighbours', run },
];
const commands = commandsOf(ACTIONS);
const find = (query: string, recent: Parameters<typeof paletteLines>[2] = []) => paletteLines(commands, query, recent);
const say = ({ command, argument }: PaletteLine) => [command.action.label, argument].filter(Boolean).join(' ');

it('lists an action once, with all its keys, and whatever the newest says of it', () => {
  expect(commands.map(({ name }) => name)).toEqual([
    'Export/Submission JSON',
    'Regions/Redo',
    'Detection/Soma diameter',
    'Movie/Frame',
    'Movie/First frame',
    'View/Correlation',
    'View/Correlation, 4 neighbours',
  ]);
  expect(commands[1]!.keys).toEqual(['Ctrl+y', 'Ctrl+Shift+z']);
  expect(commands[0]).toMatchObject({ keys: ['Ctrl+e'], action: { disabled: 'no regions yet' } });
});

it('takes a number behind a name as its argument, rounded to the step', () => {
  expect(find('diameter 12').map(say)).toEqual(['Soma diameter 12.0 px']);
  expect(find('diameter 12.3px')[0]).toMatchObject({ value: 12.5, asks: false, disabled: '' });
  expect(find('frame 1,204')[0]).toMatchObject({ value: 1204, argument: '1,204' });
  expect(find('frame 1204').map(say)).toEqual(['Frame 1,204']);
  expect(find('corr 4').map(say)).toEqual(['Correlation, 4 neighbours']);
});

it('asks for a missing number and refuses one out of range', () => {
  expect(find('diam')[0]).toMatchObject({ asks: true, argument: '4.0 to 30.0 px' });
  expect(find('diameter 40')[0]).toMatchObject({ disabled: '4.0 to 30.0 px', argument: '40' });
  expect(find('diameter 40')[0]!.value).toBeUndefined();
});

it('finds by group and label, and prefers the label', () => {
  expect(find('view correlation').map(say)).toEqual(['Correlation', 'Correlation, 4 neighbours']);
  expect(find('frame').map(say)[0]).toBe('Frame 0 to 3,023');
  expect(find('nothing of the kind')).toEqual([]);
});

it('shows what was done last first, with its argument, and forgets what is not on the page', () => {
  const recent = [{ name: 'Detection/Soma diameter', value: 12 }, { name: 'Ephys/Filter' }, { name: 'Movie/First frame' }];
  const lines = find('', recent);
  expect(lines.slice(0, 3).map((line) => [line.head, say(line)])).toEqual([
    ['Recent', 'Soma diameter 12.0 px'],
    ['Recent', 'First frame'],
    ['Export', 'Submission JSON'],
  ]);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  expect(find('frame', [{ name: 'Movie/First frame' }]).map(say)[0]).toBe('First frame');
  const again = remember(recent, lines[1]!);
  expect(again.map(({ name }) => name)).toEqual(['Movie/First frame', 'Detection/Soma diameter', 'Ephys/Filter']);
  const many = Array.from({ length: 9 }, (_, i) => ({ name: `Group/${i}` }));
  expect(remember(many, lines[0]!)).toHaveLength(6);
});
