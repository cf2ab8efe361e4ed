// What the page itself can do, whatever is open: help, commands, theme, log, files, samples.
import { modalities } from '../modalities/registry.ts';
import { useJobs, usePreferences } from '../state/hooks.ts';
import { cancelJob } from '../state/jobs.ts';
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

export function usePageActions({ onHelp, onCommands, onOpenLog }: PageDoes): void {
  const { theme, singleKeys } = usePreferences();
  useShortcuts([
    { keys: 'Ctrl+k', label: 'Commands', group: GROUP, run: onCommands },
    { keys: 'Ctrl+Shift+p', label: 'Commands', group: GROUP, run: onCommands },
    { keys: '?', label: 'Keyboard', group: GROUP, run: onHelp },
  ]);
  useActions([
    { label: theme === 'dark' ? 'Light theme' : 'Dark theme', group: GROUP, run: toggleTheme },
    { label: 'Log', group: GROUP, run: onOpenLog },
    {
      label: singleKeys ? 'Switch single keys off' : 'Switch single keys on',
      group: GROUP,
      run: () => setPreferences({ singleKeys: !singleKeys }),
    },
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
