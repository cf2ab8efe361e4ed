// A small panel that a button opens: Esc and a press outside close it, focus returns to the button.
import { type ReactElement, type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { classNames } from './class-names.ts';

interface PopProps {
  /** Accessible name of the panel. */
  readonly label: string;
  /** What the button shows; its text is its name. */
  readonly button: ReactNode;
  readonly buttonClass?: string;
  readonly side?: 'above' | 'below';
  readonly className?: string;
  readonly onToggle?: (open: boolean) => void;
  readonly children: ReactNode;
}

export function Pop({ label, button, buttonClass, side = 'below', className, onToggle, children }: PopProps): ReactElement {
  const [open, setOpen] = useState(false);
  const host = useRef<HTMLSpanElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();

  const tell = useEffectEvent((to: boolean) => onToggle?.(to));

  useEffect(() => {
    if (!open) return;
    tell(true);
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !host.current?.contains(event.target)) setOpen(false);
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', onEscape);
    return () => {
      tell(false);
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', onEscape);
    };
  }, [open]);

  return (
    <span ref={host} className="pop-host">
      <button
        ref={trigger}
        type="button"
        className={classNames('b small', buttonClass)}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <section id={id} className={classNames('pop', side, className)} aria-label={label}>
          {children}
        </section>
      )}
    </span>
  );
}
