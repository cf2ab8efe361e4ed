// Open files, Open folder: labels around real file inputs, so that name, keyboard and tests meet the input itself.
import { type ReactElement, useRef } from 'react';
import { useActions } from './actions.ts';
import { classNames } from './class-names.ts';
import { type DroppedFile, filesOfInput } from './file-inputs.ts';
import { FileIcon, FolderIcon } from './icons.tsx';

interface FileButtonProps {
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  readonly folder?: boolean;
  readonly kind?: 'edge' | 'main';
}

/** The input's accessible name is exactly "Open files" (or "Open folder"). */
export function FileButton({ onFiles, folder = false, kind = 'edge' }: FileButtonProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const choose = { group: 'Files', run: () => input.current?.click() };
  useActions(folder ? [{ ...choose, label: 'Open folder' }] : [{ ...choose, label: 'Open files', keys: 'Ctrl+o' }]);
  const Picture = folder || kind === 'edge' ? FolderIcon : FileIcon;
  return (
    <label className="file-button">
      <input
        ref={input}
        className="vh"
        type="file"
        multiple
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const files = filesOfInput(event.target.files);
          // So that choosing the same file again is a change.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <span className={classNames('b', kind === 'main' ? 'main-do' : 'edge')}>
        <Picture />
        <span className="text">{folder ? 'Open folder' : 'Open files'}</span>
      </span>
    </label>
  );
}
