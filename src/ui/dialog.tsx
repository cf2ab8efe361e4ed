// A dialog on the native element: modal ones keep focus inside, Esc closes, focus returns to where it was.
import { type ReactElement, type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { CloseIcon } from './icons.tsx';

interface DialogProps {
  readonly title: string;
  /** Called by Esc, the close button and a press on the veil; the owner then stops rendering the dialog. */
  readonly onClose: () => void;
  /** The row of buttons at the bottom right. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  /** As wide as tables of many columns want. */
  readonly broad?: boolean;
  /** A drawer at the right edge that leaves the page usable. */
  readonly drawer?: boolean;
  /** The body is a text to scroll through, so it can be reached by Tab. */
  readonly reading?: boolean;
  /** No head and no close button to be seen: a field with its list, below the top bar. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** Open while it is rendered. */
export function Dialog({
  title,
  onClose,
  actions,
  wide,
  broad,
  drawer = false,
  reading,
  bare,
  children,
}: DialogProps): ReactElement {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = useEffectEvent(onClose);

  useLayoutEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (drawer) dialog.show();
    else dialog.showModal();
    // Browsers give the focus to a body that scrolls; what it holds is what the dialog is for.
    const body = document.activeElement;
    if (!reading && body?.matches('.body')) body.querySelector<HTMLElement>('input, select, button')?.focus();
    const cancel = (event: Event) => {
      event.preventDefault();
      close();
    };
    const onEscape = (event: KeyboardEvent) => {
      if (drawer && event.key === 'Escape' && !event.defaultPrevented) close();
    };
    // A press that begins and ends on the veil: the dialog itself is the target there.
    const veil = (event: PointerEvent) => {
      if (!drawer && event.target === dialog && outside(dialog, event)) close();
    };
    dialog.addEventListener('cancel', cancel);
    dialog.addEventListener('keydown', onEscape);
    dialog.addEventListener('pointerdown', veil);
    return () => {
      dialog.removeEventListener('cancel', cancel);
      dialog.removeEventListener('keydown', onEscape);
      dialog.removeEventListener('pointerdown', veil);
      // Closing before React removes the element is what gives the focus back.
      dialog.close();
    };
  }, [drawer, reading]);

  return (
    <dialog
      ref={element}
      className={classNames('pop dialog', wide && 'is-wide', broad && 'is-broad', drawer && 'drawer', bare && 'is-bare')}
      aria-labelledby={titleId}
    >
      <h2 id={titleId} className={bare ? 'vh' : undefined}>
        {title}
      </h2>
      <div className="body" tabIndex={reading ? 0 : undefined}>
        {children}
      </div>
      {actions && <div className="actions">{actions}</div>}
      {/* Last, so that the focus begins at what the dialog is for. */}
      {!bare && <IconButton className="close" small label="Close" icon={CloseIcon} onClick={onClose} />}
    </dialog>
  );
}

function outside(dialog: HTMLElement, { clientX: x, clientY: y }: PointerEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
