// The first screen: one sentence, a drop zone as large as the window, a sample per modality, what opens, and the privacy line.
import { lazy, type ReactElement, Suspense } from 'react';
import type { Shell } from '../modalities/modality.ts';
import { modalities } from '../modalities/registry.ts';
import { useLog, useSession } from '../state/hooks.ts';
import { PAGES } from '../state/page.ts';
import { isRemotePage } from '../state/remote-page.ts';
import { FileButton } from '../ui/file-button.tsx';
import { ShieldIcon } from '../ui/icons.tsx';
import { StatusBar } from '../ui/status-bar.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import './landing.css';
import { RememberedSets } from './remembered.tsx';
import { openSample } from './samples.ts';

const RemoteAddressField = lazy(async () => ({ default: (await import('./remote-address.tsx')).RemoteAddressField }));

export function Landing({ shell }: { readonly shell: Shell }): ReactElement {
  const { opening } = useSession();
  const failed = useLog().some(({ kind, open }) => kind === 'failure' && open);
  return (
    <div className="home">
      <TopBar onKeyboard={shell.onHelp} onCommands={shell.onCommands} />
      <main className="page" data-phase={opening ? 'opening' : failed ? 'error' : 'empty'}>
        <h1>
          See, analyse and score neuroscience data in this tab.
          <br />
          <span>Nothing to install, nothing uploaded.</span>
        </h1>
        <div className="lead">
          <section className="drop" aria-label="Open data">
            <div className="say">
              <h2>Drop files, zips or a folder anywhere in this window</h2>
              <p>The kind of data is recognised from its content. A 1.6 GB movie shows its first frame before it is unpacked.</p>
              <div className="do">
                <FileButton kind="main" onFiles={shell.onFiles} />
                <FileButton folder onFiles={shell.onFiles} />
              </div>
              {isRemotePage() ? <Suspense>{<RemoteAddressField />}</Suspense> : <Privacy />}
            </div>
            <ExampleTree />
          </section>
          <RememberedSets />
        </div>
        <section className="what">
          <h2>What opens</h2>
          <ul>
            {modalities.map(({ id, title, blurb }) => (
              <li key={id}>
                <span className="strong">{title}</span>
                <span className="s">{blurb}</span>
              </li>
            ))}
          </ul>
        </section>
        <section className="try">
          <div className="try-head">
            <h2>Or try a sample</h2>
            <nav aria-label="Pages">
              {Object.entries(PAGES).map(([name, title]) => (
                <a key={name} href={`#${name}`}>
                  {title}
                </a>
              ))}
            </nav>
          </div>
          <div className="tiles">
            {modalities.map(({ id, sample }) =>
              sample ? (
                <button key={id} type="button" className="tile" onClick={() => void openSample(sample)}>
                  <img src={`./${sample.picture}`} alt="" width="224" height="136" />
                  <b>{sample.title}</b>
                  <span className="s">{sample.facts}</span>
                </button>
              ) : null,
            )}
          </div>
        </section>
      </main>
      <StatusBar onOpenLog={shell.onOpenLog} />
    </div>
  );
}

function Privacy(): ReactElement {
  return (
    <details className="safe s">
      <summary>
        <ShieldIcon size={14} /> 0 bytes sent. <span>How to check</span>
      </summary>
      <p>
        The page carries a policy that lets it fetch only its own files; the browser enforces it. Open the browser’s developer
        tools, look at Network, and open a data set: no request leaves. After the first visit it works without network altogether.
      </p>
    </details>
  );
}

function ExampleTree(): ReactElement {
  return (
    <div className="tree" role="img" aria-label="Example of a data set: neurofinder.00.00.zip with images, regions and info.json">
      <span className="t3">For example</span>
      {'\n'}
      <b>neurofinder.00.00.zip</b>
      {'\n  images/\n    image00000.tiff\n    image00001.tiff\n    '}
      <span className="t3">3,022 more</span>
      {'\n  regions/\n    regions.json\n  info.json'}
    </div>
  );
}
