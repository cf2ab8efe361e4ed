// The whole window is a drop target; while files hang over it a veil says what will open.
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { type DroppedFile, describeDrag, filesOfDrop } from './file-inputs.ts';

interface DropVeilProps {
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  /** A folder that could not be read. */
  readonly onError: (error: unknown) => void;
}

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

export function DropVeil({ onFiles, onError }: DropVeilProps): ReactElement | null {
  const [over, setOver] = useState('');
  const take = useEffectEvent((items: DataTransferItemList) => {
    filesOfDrop(items).then(onFiles, onError);
  });

  useEffect(() => {
    // Enter and leave come for every element passed; the window is left when they balance.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth++;
      setOver(describeDrag(event.dataTransfer.items));
    };
    const move = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver('');
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth = 0;
      setOver('');
      take(event.dataTransfer.items);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', move);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', move);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);

  if (!over) return null;
  return (
    <div className="veil">
      <p>
        <span className="strong">Drop to open</span> <span className="t2">{over}</span>
      </p>
    </div>
  );
}
