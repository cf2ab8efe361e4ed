// The name of the open data set, as a menu: the other data sets, the pages of text, and Close.
import type { ReactElement } from 'react';
import { useSession, useTreatments } from '../state/hooks.ts';
import { openPage, PAGES, type PageName } from '../state/page.ts';
import { Menu, type MenuItem } from './menu.tsx';

interface OpenedMenuProps {
  readonly onShow: (id: string) => void;
  readonly onClose: (id: string) => void;
  /** Further things to do with the open data set. */
  readonly more?: readonly MenuItem[];
}

export function OpenedMenu({ onShow, onClose, more = [] }: OpenedMenuProps): ReactElement | null {
  const { datasets, activeId } = useSession();
  const treated = useTreatments();
  const active = datasets.find(({ id }) => id === activeId);
  if (!active) return null;
  const others = datasets.map(
    ({ id, name, note }): MenuItem => ({
      label: name,
      current: id === activeId,
      run: () => onShow(id),
      ...(note ? { note } : {}),
    }),
  );
  const pages = Object.entries(PAGES).map(([name, label]): MenuItem => ({ label, run: () => openPage(name as PageName) }));
  const close: MenuItem = { label: `Close ${active.name}`, run: () => onClose(active.id) };
  return <Menu label={active.name} group="Data sets" groups={[others, [...more, ...treated], pages, [close]]} />;
}
