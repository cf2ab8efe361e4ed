// Lifts an element with popover="manual" above everything, modal dialogs included; where there are no popovers, its z-index must do.

const POPOVERS = typeof HTMLElement !== 'undefined' && 'popover' in HTMLElement.prototype;

export function showTopLayer(element: HTMLElement): void {
  if (POPOVERS && !element.matches(':popover-open')) element.showPopover();
}

export function hideTopLayer(element: HTMLElement): void {
  if (POPOVERS && element.matches(':popover-open')) element.hidePopover();
}
