// One tooltip for the page: it reads `data-tip` and `data-tip-keys` of what is hovered or focused. It repeats the accessible
// name and adds the key, so it needs no role; it is never the only place of a fact. Esc hides it.
import { type ReactElement, useEffect, useRef } from 'react';
import { showKeys } from './keys.ts';
import { hideTopLayer, showTopLayer } from './top-layer.ts';

const WAIT_MS = 400;
const GAP = 6;

/** Attributes of an element that has a tooltip. */
export function tip(text: string, keys?: string): { 'data-tip': string; 'data-tip-keys': string | undefined } {
  return { 'data-tip': text, 'data-tip-keys': keys ? showKeys(keys) : undefined };
}

function place(bubble: HTMLElement, target: Element): void {
  const box = target.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = bubble;
  const below = box.bottom + GAP + height <= innerHeight;
  bubble.style.left = `${Math.max(4, Math.min(innerWidth - width - 4, box.left + box.width / 2 - width / 2))}px`;
  bubble.style.top = `${below ? box.bottom + GAP : box.top - GAP - height}px`;
}

/** Rendered once, by the shell. */
export function TooltipHost(): ReactElement {
  const bubble = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const box = bubble.current;
    if (!box) return;
    let timer = 0;
    let shownFor: Element | null = null;
    const hide = () => {
      clearTimeout(timer);
      shownFor = null;
      box.removeAttribute('data-shown');
      hideTopLayer(box);
    };
    const show = (target: HTMLElement) => {
      const text = target.getAttribute('data-tip');
      if (!target.isConnected || !text) return;
      const key = target.getAttribute('data-tip-keys');
      box.replaceChildren(text);
      if (key) {
        const kbd = document.createElement('kbd');
        kbd.textContent = key;
        box.append(kbd);
      }
      box.setAttribute('data-shown', '');
      showTopLayer(box);
      place(box, target);
    };
    const seek = (event: Event, wait: number) => {
      const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null;
      if (target === shownFor) return;
      hide();
      if (!target) return;
      shownFor = target;
      timer = window.setTimeout(() => show(target), wait);
    };
    const over = (event: PointerEvent) => event.pointerType === 'mouse' && seek(event, WAIT_MS);
    const focus = (event: FocusEvent) =>
      event.target instanceof Element && event.target.matches(':focus-visible') && seek(event, 0);
    const key = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('keydown', key);
    return () => {
      hide();
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('keydown', key);
    };
  }, []);

  return <div ref={bubble} className="pop tip" popover="manual" aria-hidden="true" />;
}
