// Everything that was said since the page was opened, the newest first, with the details to copy.
import type { ReactElement } from 'react';
import { useLog } from '../state/hooks.ts';
import type { Notice } from '../state/log.ts';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import { Dialog } from './dialog.tsx';
import { NoticeIcon } from './notice-icon.tsx';

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const WORD: Readonly<Record<Notice['kind'], string>> = { success: 'Done', warning: 'Warning', failure: 'Failed' };

export function LogDrawer({ onClose }: { readonly onClose: () => void }): ReactElement {
  const notices = useLog();
  return (
    <Dialog title="Log" drawer reading onClose={onClose}>
      {notices.length === 0 && <p className="t2">Nothing has been said yet.</p>}
      <ul className="log-list">
        {[...notices].reverse().map(({ id, kind, time, title, text, details }) => (
          <li key={id}>
            <time className="t3" dateTime={new Date(time).toISOString()}>
              {CLOCK.format(time)}
            </time>
            <NoticeIcon kind={kind} />
            <div>
              <p>
                <span className="vh">{WORD[kind]}: </span>
                {title}
              </p>
              <p className="t2">{text}</p>
            </div>
            {kind !== 'success' && (
              <Button small onClick={() => copyText(details, 'Details copied')}>
                Copy details
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
