// A section of a panel: a head row with a title, a count and tools, then its body.
import { type ReactElement, type ReactNode, useId } from 'react';
import { grouped } from '../base/number-format.ts';
import { ActionGroup } from './actions.ts';
import { classNames } from './class-names.ts';

interface SectionProps {
  readonly title: string;
  readonly count?: number;
  /** A short remark behind the title; gives way in narrow windows. */
  readonly note?: string;
  /** At the right end of the head. */
  readonly tools?: ReactNode;
  /** Takes what height is left. */
  readonly fill?: boolean;
  /** Gives the body the usual padding. */
  readonly padded?: boolean;
  readonly className?: string;
  readonly children?: ReactNode;
}

export function Section({ title, count, note, tools, fill, padded, className, children }: SectionProps): ReactElement {
  const id = useId();
  return (
    <ActionGroup value={title}>
      <section className={classNames('sec', fill && 'fill', className)} aria-labelledby={id}>
        <div className="head">
          <h2 id={id}>{title}</h2>
          {count !== undefined && <span className="n">{grouped(count)}</span>}
          {note && <span className="n s cut">{note}</span>}
          {tools && <span className="push" />}
          {tools}
        </div>
        {padded ? <div className="pad">{children}</div> : children}
      </section>
    </ActionGroup>
  );
}
