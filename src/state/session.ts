// Which data sets are open and which one is on screen.
import { createStore } from 'zustand/vanilla';

export interface SessionDataset {
  readonly id: string;
  readonly modality: string;
  readonly name: string;
  /** Short state beside the name in the list: a score, "no truth", "detecting 37 %". */
  readonly note: string;
}

export interface Session {
  readonly datasets: readonly SessionDataset[];
  readonly activeId: string | undefined;
  /** What is being opened right now; '' for nothing. */
  readonly opening: string;
}

export const session = createStore<Session>(() => ({ datasets: [], activeId: undefined, opening: '' }));

export function setNote(id: string, note: string): void {
  const { datasets } = session.getState();
  if (datasets.some((one) => one.id === id && one.note !== note)) {
    session.setState({ datasets: datasets.map((one) => (one.id === id ? { ...one, note } : one)) });
  }
}
