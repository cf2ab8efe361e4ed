// Notices at the bottom right: a success leaves by itself, a failure stays until dismissed and is exactly one role="alert".
import type { ReactElement } from 'react';
import { useLog } from '../state/hooks.ts';
import { dismiss, type Notice } from '../state/log.ts';
import { Button, IconButton } from './button.tsx';
import { copyText } from './copy-text.ts';
import { CloseIcon } from './icons.tsx';
import { NoticeIcon } from './notice-icon.tsx';

// More than this would cover the page; the rest is in the log.
const SHOWN = 4;

export function Notices({ onOpenLog }: { readonly onOpenLog: () => void }): ReactElement {
  const open = useLog().filter((notice) => notice.open);
  const failures = open.filter(({ kind }) => kind === 'failure').slice(-SHOWN);
  const others = open.filter(({ kind }) => kind !== 'failure').slice(-SHOWN);
  return (
    <section className="toasts" aria-label="Notices">
      <div>
        {failures.map((notice) => (
          <div key={notice.id} className="pop toast" role="alert">
            <Body notice={notice}>
              <span className="acts">
                <Button small onClick={() => copyText(notice.details, 'Details copied')}>
                  Copy details
                </Button>
                <Button small onClick={onOpenLog}>
                  Open log
                </Button>
              </span>
            </Body>
          </div>
        ))}
      </div>
      <div aria-live="polite">
        {others.map((notice) => (
          <div key={notice.id} className="pop toast">
            <Body notice={notice} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Body({ notice, children }: { readonly notice: Notice; readonly children?: ReactElement }): ReactElement {
  return (
    <>
      <NoticeIcon kind={notice.kind} />
      <div className="grow">
        <p className="strong">{notice.title}</p>
        {notice.text && <p className="text t2 s">{notice.text}</p>}
        {children}
      </div>
      <IconButton small label="Dismiss" icon={CloseIcon} onClick={() => dismiss(notice.id)} />
    </>
  );
}
