// A warning inside its panel, with its remedy as a button. It is no role="alert": failures are told once, as a notice.
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { WarningIcon } from './icons.tsx';

interface AlertStripProps {
  readonly kind?: 'warning' | 'bad';
  readonly children: ReactNode;
  /** The remedy: a small edged button. */
  readonly remedy?: ReactNode;
}

export function AlertStrip({ kind = 'warning', children, remedy }: AlertStripProps): ReactElement {
  return (
    <div className={classNames('alert', kind === 'bad' && 'bad')} role="note">
      <WarningIcon />
      <span className="grow">{children}</span>
      {remedy}
    </div>
  );
}
