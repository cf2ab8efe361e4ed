// The shell: the first screen, or the view of the data set on screen; drops, notices and keyboard help above both.
import { lazy, type ReactElement, Suspense, useEffect, useMemo, useState } from 'react';
import type { Shell } from '../modalities/modality.ts';
import { modalities } from '../modalities/registry.ts';
import { usePage, usePreferences, useSession } from '../state/hooks.ts';
import { reportError } from '../state/log.ts';
import { closePage, watchPage } from '../state/page.ts';
import { isRemotePage } from '../state/remote-page.ts';
import { setCacheBudget } from '../state/resources.ts';
import { watchTraffic } from '../state/traffic.ts';
import { CommandPalette } from '../ui/command-palette.tsx';
import { DropVeil } from '../ui/drop-veil.tsx';
import { KeyboardHelp } from '../ui/keyboard-help.tsx';
import { LogDrawer } from '../ui/log-drawer.tsx';
import { Notices } from '../ui/notices.tsx';
import { useShortcutListener } from '../ui/shortcuts.ts';
import { TooltipHost } from '../ui/tooltip.tsx';
import { warmUp } from '../workers/client.ts';
import { closeDataset, datasetById, modalityOf } from './datasets.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { keepLayout } from './keep.ts';
import { Landing } from './landing.tsx';
import { followAddress } from './link.ts';
import { openFiles } from './open-files.ts';
import { JobActions, usePageActions } from './page-actions.ts';
import { followTreatments } from './treat-as.ts';
import { UpdateOffer } from './update-offer.tsx';
import { loadedView, loadView } from './views.ts';

const VerifyPage = lazy(() => import('./verify-page.tsx').then((module) => ({ default: module.VerifyPage })));
const TextPage = lazy(() => import('./text-page.tsx').then((module) => ({ default: module.TextPage })));
const IDLE_MS = 300;

export function App(): ReactElement {
  const { cacheBudget } = usePreferences();
  useEffect(() => setCacheBudget(cacheBudget), [cacheBudget]);
  useEffect(() => {
    warmUp();
    // The views are fetched while the person looks for a file; one that cannot be says so when it is needed.
    const fetchViews = () => modalities.forEach((modality) => void loadView(modality).catch(() => undefined));
    const timer = setTimeout(fetchViews, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(watchPage, []);
  const page = usePage();
  useEffect(() => followAddress(), []);
  useEffect(() => keepLayout(), []);
  useEffect(() => followTreatments(), []);
  useEffect(() => (isRemotePage() ? watchTraffic() : undefined), []);
  useShortcutListener();
  const [help, setHelp] = useState(false);
  const [log, setLog] = useState(false);
  const [commands, setCommands] = useState(false);
  usePageActions({
    onHelp: () => setHelp(true),
    onCommands: () => setCommands(true),
    onOpenLog: () => setLog(true),
  });
  const shell = useMemo<Shell>(
    () => ({
      onFiles: (files) => void openFiles(files),
      onClose: closeDataset,
      onHelp: () => setHelp(true),
      onCommands: () => setCommands(true),
      onOpenLog: () => setLog(true),
    }),
    [],
  );
  return (
    <>
      <ActiveView shell={shell} />
      <DropVeil onFiles={shell.onFiles} onError={(error) => reportError(error, 'The folder could not be read')} />
      <JobActions />
      <TooltipHost />
      <Notices onOpenLog={shell.onOpenLog} />
      <UpdateOffer />
      <Suspense>{page === 'verify' && <VerifyPage onClose={closePage} />}</Suspense>
      <Suspense>{page && page !== 'verify' && <TextPage key={page} name={page} onClose={closePage} />}</Suspense>
      {log && <LogDrawer onClose={() => setLog(false)} />}
      {commands && <CommandPalette onClose={() => setCommands(false)} />}
      {help && <KeyboardHelp onClose={() => setHelp(false)} />}
    </>
  );
}

function ActiveView({ shell }: { readonly shell: Shell }): ReactElement {
  const { activeId } = useSession();
  const dataset = datasetById(activeId);
  if (!dataset) return <Landing shell={shell} />;
  const View = loadedView(modalityOf(dataset));
  return (
    <ErrorBoundary name={dataset.id}>
      <View key={dataset.id} dataset={dataset} shell={shell} />
    </ErrorBoundary>
  );
}
