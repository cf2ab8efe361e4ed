// Shows a text file (the README inside a zip) as it is: text only, nothing in it is interpreted.
import type { ReactElement } from 'react';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import { Dialog } from './dialog.tsx';

interface TextViewerProps {
  /** The file's name or path. */
  readonly title: string;
  readonly text: string;
  readonly onClose: () => void;
}

export function TextViewer({ title, text, onClose }: TextViewerProps): ReactElement {
  const actions = (
    <>
      <Button onClick={() => copyText(text)}>Copy</Button>
      <Button kind="edge" onClick={onClose}>
        Done
      </Button>
    </>
  );
  return (
    <Dialog title={title} wide reading onClose={onClose} actions={actions}>
      <pre className="reader">{text}</pre>
    </Dialog>
  );
}
