// The top bar of an open data set: the menu of data sets, its facts, undo and redo by name, Open files and its Export menu.
import type { ReactElement, ReactNode } from 'react';
import { useSession } from '../state/hooks.ts';
import { session } from '../state/session.ts';
import type { DroppedFile } from './file-inputs.ts';
import { OpenedMenu } from './opened-menu.tsx';
import { TopBar, type Undoing } from './top-bar.tsx';

/** What the bar asks of the shell around it. */
interface BarShell {
  onFiles(files: readonly DroppedFile[]): void;
  onClose(id: string): void;
  onHelp(): void;
  onCommands(): void;
  onOpenLog(): void;
}

interface DatasetBarProps {
  readonly shell: BarShell;
  readonly facts: readonly string[];
  /** Names of the steps that can be undone and done again, the next one last. */
  readonly undoable: readonly string[];
  readonly redoable: readonly string[];
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  /** The Export menu. */
  readonly exports: ReactNode;
}

export function DatasetBar({ shell, facts, undoable, redoable, onUndo, onRedo, exports }: DatasetBarProps): ReactElement {
  const { datasets } = useSession();
  return (
    <TopBar
      onKeyboard={shell.onHelp}
      onCommands={shell.onCommands}
      onOpenLog={shell.onOpenLog}
      opened={<OpenedMenu key={datasets.length} onShow={(id) => session.setState({ activeId: id })} onClose={shell.onClose} />}
      facts={facts}
      undo={stepOf(undoable, onUndo)}
      redo={stepOf(redoable, onRedo)}
      onFiles={shell.onFiles}
      exports={exports}
    />
  );
}

function stepOf(names: readonly string[], run: () => void): Undoing {
  const what = names.at(-1);
  return { possible: names.length > 0, run, ...(what ? { what } : {}) };
}
