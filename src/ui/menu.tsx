// A button and its menu (ARIA menu button pattern): arrow keys, Home, End, type-ahead, Esc, Tab; a disabled item can be
// reached and says why. Its items are commands of the palette, too. Written here because the library's hidden focus guards are
// reported by axe.
import { Fragment, type KeyboardEvent, type ReactElement, useCallback, useEffect, useId, useRef, useState } from 'react';
import { type Action, useActions } from './actions.ts';
import { classNames } from './class-names.ts';
import { CheckIcon, DownIcon, type Icon } from './icons.tsx';
import { KeyHint } from './key-hint.tsx';
import { type LineKind, LineSample } from './line-sample.tsx';
import { tip } from './tooltip.tsx';
import { hideTopLayer, showTopLayer } from './top-layer.ts';

export interface MenuItem {
  /** The accessible name: what the item writes or does. */
  readonly label: string;
  readonly run: () => void;
  /** Shown at the right: a fact, or why it is disabled. */
  readonly note?: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  /** Marks the one of several that is on screen. */
  readonly current?: boolean;
  /** How what it chooses is drawn. */
  readonly line?: LineKind;
}

interface MenuProps {
  /** The button's text and accessible name. */
  readonly label: string;
  /** Under which head its items are among the commands; the label unless given. */
  readonly group?: string;
  readonly icon?: Icon;
  /** Groups, drawn with a line between them. */
  readonly groups: readonly (readonly MenuItem[])[];
  readonly kind?: 'plain' | 'edge';
  readonly small?: boolean;
  /** Shows the icon alone; the label is the accessible name and the tooltip. */
  readonly iconOnly?: boolean;
  readonly align?: 'start' | 'end';
  readonly disabled?: boolean;
}

const GAP = 4;
const MARGIN = 8;
const TYPE_AHEAD_MS = 600;

/** Below the button where there is room, else above; inside the window. */
function place(menu: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void {
  const box = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = align === 'start' ? box.left : box.right - width;
  const below = innerHeight - MARGIN - box.bottom - GAP;
  const above = box.top - GAP - MARGIN;
  const fits = height <= below || below >= above;
  menu.style.left = `${Math.max(MARGIN, Math.min(innerWidth - width - MARGIN, left))}px`;
  menu.style.top = `${fits ? box.bottom + GAP : box.top - GAP - Math.min(height, above)}px`;
  menu.style.maxHeight = `${fits ? below : above}px`;
}

export function Menu({
  label,
  group = label,
  icon: Picture,
  groups,
  kind = 'plain',
  small,
  iconOnly,
  align = 'start',
  disabled,
}: MenuProps): ReactElement {
  const [opened, setOpened] = useState<'first' | 'last' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useActions(groups.flat().map((item) => actionOf(item, group)));
  const close = useCallback((refocus: boolean) => {
    setOpened(null);
    if (refocus) button.current?.focus();
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        id={`${id}button`}
        className={classNames('b', iconOnly && 'icon', kind === 'edge' && 'edge', small && 'small')}
        aria-label={iconOnly ? label : undefined}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        aria-controls={opened ? id : undefined}
        disabled={disabled}
        onClick={() => setOpened(opened ? null : 'first')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpened(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
        {...(iconOnly ? tip(label) : {})}
      >
        {Picture && <Picture />}
        {!iconOnly && <span className="text cut">{label}</span>}
        {!iconOnly && <DownIcon className="menu-mark" />}
      </button>
      {opened && <List id={id} groups={groups} align={align} first={opened} button={button} close={close} />}
    </>
  );
}

function actionOf({ label, run, note, disabled }: MenuItem, group: string): Action {
  return { label, group, run, ...(disabled ? { disabled: note ?? 'not now' } : {}) };
}

interface ListProps {
  readonly id: string;
  readonly groups: readonly (readonly MenuItem[])[];
  readonly align: 'start' | 'end';
  /** Which item gets the focus first. */
  readonly first: 'first' | 'last';
  readonly button: { readonly current: HTMLButtonElement | null };
  readonly close: (refocus: boolean) => void;
}

function List({ id, groups, align, first, button, close }: ListProps): ReactElement {
  const list = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', time: 0 });
  const filled = groups.filter((group) => group.length > 0);
  const marks = filled.flat().some(({ current }) => current !== undefined);

  useEffect(() => {
    const menu = list.current;
    if (!menu || !button.current) return;
    showTopLayer(menu);
    place(menu, button.current, align);
    itemsOf(menu)
      .at(first === 'first' ? 0 : -1)
      ?.focus();
    const outside = ({ target }: PointerEvent) => {
      if (target instanceof Node && !menu.contains(target) && !button.current?.contains(target)) close(false);
    };
    const moved = () => close(false);
    document.addEventListener('pointerdown', outside);
    window.addEventListener('resize', moved);
    return () => {
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('resize', moved);
      hideTopLayer(menu);
    };
  }, [align, first, button, close]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Tab') {
      close(true);
      return;
    }
    const items = itemsOf(event.currentTarget);
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape') close(true);
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items.at(at <= 0 ? -1 : at - 1)?.focus();
    else if (event.key === 'Home') items[0]?.focus();
    else if (event.key === 'End') items.at(-1)?.focus();
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const text = event.timeStamp - typed.current.time < TYPE_AHEAD_MS ? typed.current.text + event.key : event.key;
      typed.current = { text, time: event.timeStamp };
      nextNamed(items, at, text)?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={0}
      aria-labelledby={`${id}button`}
      className="pop menu"
      popover="manual"
      onKeyDown={onKeyDown}
    >
      {filled.map((group, index) => (
        <Fragment key={group[0]?.label}>
          {index > 0 && <hr className="rule" />}
          {group.map((item) => (
            <Item key={item.label} item={item} marks={marks} close={close} />
          ))}
        </Fragment>
      ))}
    </div>
  );
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];

/** The next item whose name begins with what was typed; one letter again and again goes on to the next. */
function nextNamed(items: readonly HTMLElement[], at: number, text: string): HTMLElement | undefined {
  const same = [...text].every((letter) => letter === text[0]);
  const wanted = (same ? text[0]! : text).toLowerCase();
  const from = same ? at + 1 : Math.max(0, at);
  const turned = [...items.slice(from), ...items.slice(0, from)];
  return turned.find((item) => item.getAttribute('aria-label')?.toLowerCase().startsWith(wanted));
}

interface ItemProps {
  readonly item: MenuItem;
  readonly marks: boolean;
  readonly close: (refocus: boolean) => void;
}

function Item({ item, marks, close }: ItemProps): ReactElement {
  const { label, run, note, keys, disabled = false, current, line } = item;
  const noteId = useId();
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="item"
      aria-label={label}
      aria-describedby={note ? noteId : undefined}
      aria-current={current ? 'true' : undefined}
      aria-disabled={disabled || undefined}
      onPointerMove={(event) => event.currentTarget.focus()}
      onClick={() => {
        if (disabled) return;
        close(true);
        run();
      }}
    >
      {marks && <span className="current">{current && <CheckIcon />}</span>}
      {line && <LineSample kind={line} />}
      <span className="cut">{label}</span>
      {note && (
        <span className="n" id={noteId}>
          {note}
        </span>
      )}
      {keys && (
        <span className="n">
          <KeyHint keys={keys} />
        </span>
      )}
    </button>
  );
}
