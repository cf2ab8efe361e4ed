// A page of text over the view: the catalogue of public data sets, Coming from…, Credits. Its texts belong to the modalities and are
// fetched when it is opened; it shows when they are there.
import { type ReactElement, useEffect, useState } from 'react';
import type { Modality } from '../modalities/modality.ts';
import { modalities } from '../modalities/registry.ts';
import { reportError } from '../state/log.ts';
import { PAGES, type PageName } from '../state/page.ts';
import { session } from '../state/session.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ComingFromTable } from './coming-from-table.tsx';
import { CreditsText } from './credits-text.tsx';
import './text-page.css';

type TextPageName = Exclude<PageName, 'verify'>;

interface TextPageProps {
  readonly name: TextPageName;
  readonly onClose: () => void;
}

export function TextPage({ name, onClose }: TextPageProps): ReactElement | null {
  const [parts, setParts] = useState<readonly ReactElement[]>();
  // What is fetched is the same as long as the page is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    fetchParts(name, onClose).then(setParts, (error) => reportError(error, `${PAGES[name]} could not be shown`));
  }, [name]);
  if (!parts) return null;
  const broad = name === 'catalogue';
  return (
    <Dialog title={PAGES[name]} wide={!broad} broad={broad} reading={!broad} onClose={onClose}>
      <div className="text-page">{parts}</div>
    </Dialog>
  );
}

/** What each modality has to say on this page, in the order of the registry. */
async function fetchParts(name: TextPageName, onClose: () => void): Promise<ReactElement[]> {
  const parts = await Promise.all(modalities.map((modality) => fetchPart(modality, name, onClose)));
  return parts.filter((part) => part !== null);
}

async function fetchPart(modality: Modality, name: TextPageName, onClose: () => void): Promise<ReactElement | null> {
  const { id, catalogue, comingFrom, credits } = modality;
  if (name === 'credits') return credits ? <CreditsText key={id} credits={await credits()} /> : null;
  if (name === 'coming-from') return comingFrom ? <ComingFromTable key={id} text={await comingFrom()} /> : null;
  if (!catalogue) return null;
  const View = await catalogue();
  const show = (dataset: string) => {
    session.setState({ activeId: dataset });
    onClose();
  };
  return <View key={id} onShow={show} />;
}
