// What the page itself can do, whatever is open: help, commands, theme, log, files, samples.
import { modalities } from '../modalities/registry.ts';
import { useJobs, usePreferences } from '../state/hooks.ts';
import { cancelJob } from '../state/jobs.ts';
import { openPage, PAGES, type PageName } from '../state/page.ts';
import { setPreferences } from '../state/preferences.ts';
import { useActions } from '../ui/actions.ts';
import { useShortcuts } from '../ui/shortcuts.ts';
import { toggleTheme } from '../ui/theme.ts';
import { openSample } from './samples.ts';

interface PageDoes {
  readonly onHelp: () => void;
  readonly onCommands: () => void;
  readonly onOpenLog: () => void;
}

const GROUP = 'Page';

const switchSingleKeys = (on: boolean) => setPreferences({ singleKeys: on });

export function usePageActions({ onHelp, onCommands, onOpenLog }: PageDoes): void {
  const { theme, singleKeys } = usePreferences();
  useShortcuts([
    { keys: 'Ctrl+k', label: 'Commands', group: GROUP, run: onCommands },
    { keys: 'Ctrl+Shift+p', label: 'Commands', group: GROUP, run: onCommands },
    { keys: '?', label: 'Keyboard', group: GROUP, run: onHelp },
  ]);
  useActions([
    { label: 'Dark theme', group: GROUP, run: toggleTheme, disabled: theme === 'dark' ? 'is on' : undefined },
    { label: 'Light theme', group: GROUP, run: toggleTheme, disabled: theme === 'light' ? 'is on' : undefined },
    { label: 'Log', group: GROUP, run: onOpenLog },
    { label: 'Single keys on', group: GROUP, run: () => switchSingleKeys(true), disabled: singleKeys ? 'are on' : undefined },
    { label: 'Single keys off', group: GROUP, run: () => switchSingleKeys(false), disabled: singleKeys ? undefined : 'are off' },
    ...Object.entries(PAGES).map(([name, label]) => ({ label, group: GROUP, run: () => openPage(name as PageName) })),
    ...modalities.flatMap(({ sample }) =>
      sample ? [{ label: sample.title, group: 'Open sample', run: () => void openSample(sample) }] : [],
    ),
  ]);
}

/** Everything that runs can be cancelled by its name. Apart from the rest, because it renders with every step of a job. */
export function JobActions(): null {
  const jobs = useJobs();
  useActions(jobs.map(({ id, label }) => ({ label, group: 'Cancel', run: () => cancelJob(id) })));
  return null;
}
