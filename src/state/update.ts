// Whether a new version of the page is stored and waits to be taken.
import { createStore } from 'zustand/vanilla';

export const update = createStore<{ readonly waiting: boolean }>(() => ({ waiting: false }));
