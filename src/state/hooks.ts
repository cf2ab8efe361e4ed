// React's view of the stores, for parts that may not know zustand.
import { useStore } from 'zustand';
import { jobs, type RunningJob } from './jobs.ts';
import { saving } from './keeping.ts';
import { log, type Notice } from './log.ts';
import { type PageName, page } from './page.ts';
import { type Preferences, preferences } from './preferences.ts';
import { cacheStats } from './resources.ts';
import { type Session, session } from './session.ts';
import { traffic } from './traffic.ts';
import { type Treatment, treatments } from './treatments.ts';
import { update } from './update.ts';
import { type Wanted, wanted } from './wanted.ts';

export function useJobs(): readonly RunningJob[] {
  return useStore(jobs, ({ running }) => running);
}

export function useLog(): readonly Notice[] {
  return useStore(log, ({ notices }) => notices);
}

export function usePreferences(): Preferences {
  return useStore(preferences);
}

/** The page that lies over the view; null for none. */
export function usePage(): PageName | null {
  return useStore(page, ({ shown }) => shown);
}

export function useSession(): Session {
  return useStore(session);
}

/** When work was saved last (milliseconds since 1970), and whether the browser refuses to. */
export function useSaving(): { readonly savedAt: number | null; readonly isRefused: boolean } {
  return useStore(saving);
}

export function useWanted(): Wanted {
  return useStore(wanted);
}

/** Bytes kept decoded and the budget for them. */
export function useCacheStats(): { readonly bytes: number; readonly budget: number } {
  return useStore(cacheStats);
}

/** Bytes received from each foreign server; none on the page that asks none. */
export function useTraffic(): Readonly<Record<string, number>> {
  return useStore(traffic, ({ hosts }) => hosts);
}

/** As what else the data set on screen can be opened. */
export function useTreatments(): readonly Treatment[] {
  return useStore(treatments, ({ offered }) => offered);
}

/** Whether a new version of the page waits to be taken. */
export function useUpdate(): boolean {
  return useStore(update, ({ waiting }) => waiting);
}

/** What `<main data-phase>` says while a data set is open: 'ready' means that nothing the user asked for is running. */
export function usePhase(): 'opening' | 'working' | 'ready' {
  const { opening } = useSession();
  const working = useJobs().some(({ idle }) => !idle);
  return opening ? 'opening' : working ? 'working' : 'ready';
}
