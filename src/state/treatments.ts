// As what else the data set on screen can be opened; the menu of data sets offers it.
import { createStore } from 'zustand/vanilla';

export interface Treatment {
  /** "Treat as volume". */
  readonly label: string;
  readonly run: () => void;
}

export const treatments = createStore<{ readonly offered: readonly Treatment[] }>(() => ({ offered: [] }));
