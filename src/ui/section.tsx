// A section of a panel: a head row with a title, a count and tools, then its body, which may be folded away by its title.
import { type ReactElement, type ReactNode, useId } from 'react';
import { grouped } from '../base/number-format.ts';
import { ActionGroup } from './actions.ts';
import { classNames } from './class-names.ts';
import { Fold, useFolded } from './fold.tsx';

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
  /** Its title folds it, to leave its room to the others; it stays folded until it is opened again. */
  readonly foldable?: boolean;
  readonly className?: string;
  readonly children?: ReactNode;
}

export function Section(props: SectionProps): ReactElement {
  const { title, count, note, tools, fill, padded, foldable = false, className, children } = props;
  const id = useId();
  const isFolded = useFolded(title) && foldable;
  return (
    <ActionGroup value={title}>
      <section className={classNames('sec', fill && 'fill', className)} aria-labelledby={id}>
        <div className="head">
          <h2 id={id}>{foldable ? <Fold name={title}>{title}</Fold> : title}</h2>
          {count !== undefined && <span className="n">{grouped(count)}</span>}
          {note && <span className="n s cut">{note}</span>}
          {tools && <span className="push" />}
          {tools}
        </div>
        {/* What is folded stays in the document: its sliders are commands of the palette. */}
        {padded || foldable ? (
          <div className={padded ? 'pad' : undefined} hidden={isFolded}>
            {children}
          </div>
        ) : (
          children
        )}
      </section>
    </ActionGroup>
  );
}
