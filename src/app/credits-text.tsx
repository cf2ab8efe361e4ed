// Whom the data come from: labs, citation to copy, terms, thanks, links.
import { type ReactElement, useId } from 'react';
import type { Credits } from '../modalities/modality.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-text.ts';
import { CopyIcon } from '../ui/icons.tsx';
import { OutLink } from '../ui/out-link.tsx';

export function CreditsText({ credits }: { readonly credits: Credits }): ReactElement {
  const { source, labs, citation, licence, acknowledgements, links } = credits;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{source}</h3>
      <h4>Labs</h4>
      <dl className="pairs">
        {labs.map(({ name, gave }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{gave}</dd>
          </div>
        ))}
      </dl>
      <h4>Citation</h4>
      <blockquote>{citation}</blockquote>
      <Button kind="edge" small icon={CopyIcon} aria-label={`Copy the citation of ${source}`} onClick={() => copyText(citation)}>
        Copy
      </Button>
      <h4>Licence</h4>
      <p>{licence}</p>
      <h4>Acknowledgements</h4>
      <ul>
        {acknowledgements.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <h4>Links</h4>
      <ul>
        {links.map(({ label, address }) => (
          <li key={address}>
            <OutLink address={address}>{label}</OutLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
