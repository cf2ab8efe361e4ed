// The sign of a notice: a tick, a warning, a failure. The words say the same.
import type { ReactElement } from 'react';
import type { Notice } from '../state/log.ts';
import { CheckIcon, WarningIcon } from './icons.tsx';

export function NoticeIcon({ kind }: { readonly kind: Notice['kind'] }): ReactElement {
  return kind === 'success' ? <CheckIcon /> : <WarningIcon className={kind === 'failure' ? 'bad-ink' : 'warn-ink'} />;
}
