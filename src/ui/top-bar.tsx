// The top bar: what is open, what runs, undo and redo, help, theme, Open files, Export. What needs a menu comes as a slot,
// so that the first screen loads none.
import { type ReactElement, type ReactNode, useState } from 'react';
import { usePreferences } from '../state/hooks.ts';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { FileButton } from './file-button.tsx';
import type { DroppedFile } from './file-inputs.ts';
import { BrandMark, KeyboardIcon, ListIcon, MoreIcon, RedoIcon, SearchIcon, ThemeIcon, UndoIcon } from './icons.tsx';
import { Jobs } from './job-bar.tsx';
import { toggleTheme } from './theme.ts';

export interface Undoing {
  readonly possible: boolean;
  readonly run: () => void;
  /** What would be undone: "Reject region 204". */
  readonly what?: string;
}

interface TopBarProps {
  readonly onKeyboard: () => void;
  /** For narrow windows, which have no status bar. */
  readonly onOpenLog?: () => void;
  /** The menu of data sets (OpenedMenu). */
  readonly opened?: ReactNode;
  readonly facts?: readonly string[];
  readonly undo?: Undoing;
  readonly redo?: Undoing;
  readonly onCommands: () => void;
  /** Left out where the page itself has Open files. */
  readonly onFiles?: (files: readonly DroppedFile[]) => void;
  /** The Export menu. */
  readonly exports?: ReactNode;
}

export function TopBar({
  onKeyboard,
  onOpenLog,
  opened,
  facts = [],
  undo,
  redo,
  onCommands,
  onFiles,
  exports,
}: TopBarProps): ReactElement {
  const [more, setMore] = useState(false);
  const { theme } = usePreferences();
  const hint = (name: string, step: Undoing) => (step.what ? `${name}: ${step.what}` : name);
  return (
    <header className="top">
      <span className="brand">
        <BrandMark />
        <span className="name">Somascope</span>
      </span>
      {opened && <div className="opened">{opened}</div>}
      {facts.length > 0 && (
        <ul className="facts hide-narrow" aria-label="Facts">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      <div className="bar-end">
        <Jobs />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: closes the narrow window's list on Esc, wherever focus is in it */}
        <div
          className={classNames('bar-more', more && 'is-open')}
          onKeyDown={(event) => event.key === 'Escape' && setMore(false)}
        >
          {undo && (
            <IconButton
              label="Undo"
              hint={hint('Undo', undo)}
              keys="Ctrl+z"
              icon={UndoIcon}
              disabled={!undo.possible}
              onClick={undo.run}
            />
          )}
          {redo && (
            <IconButton
              label="Redo"
              hint={hint('Redo', redo)}
              keys="Ctrl+y"
              icon={RedoIcon}
              disabled={!redo.possible}
              onClick={redo.run}
            />
          )}
          <Button icon={SearchIcon} keys="Ctrl+k" onClick={onCommands}>
            Commands
          </Button>
          {onOpenLog && <IconButton className="hide-wide" label="Log" icon={ListIcon} onClick={onOpenLog} />}
          <IconButton label="Keyboard" keys="?" icon={KeyboardIcon} onClick={onKeyboard} />
          <IconButton label={theme === 'dark' ? 'Light theme' : 'Dark theme'} icon={ThemeIcon} onClick={toggleTheme} />
        </div>
        {onFiles && <FileButton onFiles={onFiles} />}
        {exports}
        <IconButton className="hide-wide" label="More" icon={MoreIcon} aria-expanded={more} onClick={() => setMore(!more)} />
      </div>
    </header>
  );
}
