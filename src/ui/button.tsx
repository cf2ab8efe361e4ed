// Buttons: plain, edged, the one main button of a screen, and icons alone. The key stands behind the label and is no part of
// the accessible name.
import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { DownIcon, type Icon } from './icons.tsx';
import { KeyHint } from './key-hint.tsx';
import { ariaKeys } from './keys.ts';
import { useKeysNow } from './shortcuts.ts';
import { tip } from './tooltip.tsx';

export type ButtonKind = 'plain' | 'edge' | 'main';

const KIND_CLASS: Readonly<Record<ButtonKind, string>> = { plain: '', edge: 'edge', main: 'main-do' };

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: Icon;
  /** 'Ctrl+Enter', as for useShortcuts. */
  readonly keys?: string;
  /** Shows the small arrow of a button that opens a menu. */
  readonly menu?: boolean;
  readonly children: ReactNode;
}

export function Button({
  kind = 'plain',
  small,
  icon: Picture,
  keys,
  menu,
  children,
  className,
  ...rest
}: ButtonProps): ReactElement {
  const keysNow = useKeysNow(keys);
  return (
    <button
      type="button"
      className={classNames('b', KIND_CLASS[kind], small && 'small', className)}
      aria-keyshortcuts={keysNow ? ariaKeys(keysNow) : undefined}
      {...rest}
    >
      {Picture && <Picture />}
      <span className="text">{children}</span>
      {keys && <KeyHint keys={keys} />}
      {menu && <DownIcon className="menu-mark" />}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label' | 'title'> {
  /** The accessible name, and the tooltip where `hint` is not given. */
  readonly label: string;
  readonly icon: Icon;
  readonly hint?: string;
  readonly keys?: string;
  readonly kind?: Exclude<ButtonKind, 'main'>;
  readonly small?: boolean;
  /** A toggle: pressed or not. */
  readonly pressed?: boolean;
}

export function IconButton({
  label,
  icon: Picture,
  hint,
  keys,
  kind = 'plain',
  small,
  pressed,
  className,
  ...rest
}: IconButtonProps): ReactElement {
  const keysNow = useKeysNow(keys);
  return (
    <button
      type="button"
      className={classNames('b icon', KIND_CLASS[kind], small && 'small', className)}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keysNow ? ariaKeys(keysNow) : undefined}
      {...tip(hint ?? label, keysNow)}
      {...rest}
    >
      <Picture />
    </button>
  );
}
