// What a person may fold away, to leave its room to the rest; it stays folded until it is opened again.
import type { ReactElement, ReactNode } from 'react';
import { usePreferences } from '../state/hooks.ts';
import { setPreferences } from '../state/preferences.ts';
import { DownIcon, NextIcon } from './icons.tsx';

export function useFolded(name: string): boolean {
  return usePreferences().folded.includes(name);
}

interface FoldProps {
  /** Under which it is remembered. */
  readonly name: string;
  /** Says what folds, where nothing is inside. */
  readonly label?: string;
  readonly children?: ReactNode;
}

export function Fold({ name, label, children }: FoldProps): ReactElement {
  const { folded } = usePreferences();
  const isFolded = folded.includes(name);
  const toggle = () => setPreferences({ folded: isFolded ? folded.filter((one) => one !== name) : [...folded, name] });
  return (
    <button type="button" className="fold" aria-label={label} aria-expanded={!isFolded} onClick={toggle}>
      {children}
      {isFolded ? <NextIcon size={14} /> : <DownIcon size={14} />}
    </button>
  );
}
