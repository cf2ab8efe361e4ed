// On the first screen: what a link or a session waits for, and the data sets that were worked on, to go on with or to forget.
import { type ReactElement, type ReactNode, useEffect, useId, useState } from 'react';
import { describeMark } from '../base/kept.ts';
import { useWanted } from '../state/hooks.ts';
import { tellRefused } from '../state/keeping.ts';
import { reportError } from '../state/log.ts';
import { type Card, forgetSaved, readCards, readOrigins } from '../state/saved.ts';
import { Button } from '../ui/button.tsx';
import { ClockIcon, type Icon, LinkIcon, TextIcon } from '../ui/icons.tsx';
import { clockTime } from './clock-time.ts';
import { canPick, reopen } from './reopen.ts';

interface Remembered extends Card {
  /** Whether the browser can find the files by itself. */
  readonly hasOrigin: boolean;
}

/** More of them would push the samples off the screen. */
const SHOWN = 3;

async function readRemembered(): Promise<Remembered[]> {
  const cards = await readCards();
  return Promise.all(cards.map(async (card) => ({ ...card, hasOrigin: (await readOrigins(card.fingerprint)).length > 0 })));
}

export function RememberedSets(): ReactElement | null {
  const [cards, setCards] = useState<readonly Remembered[]>([]);
  const [all, setAll] = useState(false);
  const { link, sessions } = useWanted();
  useEffect(() => {
    let gone = false;
    readRemembered().then((read) => !gone && setCards(read), tellRefused);
    return () => {
      gone = true;
    };
  }, []);
  const forget = (fingerprint?: string) => {
    forgetSaved(fingerprint)
      .then(readRemembered)
      .then(setCards, (error) => reportError(error, 'It could not be forgotten'));
  };
  if (!link && sessions.length === 0 && cards.length === 0) return null;
  const shown = all ? cards : cards.slice(0, SHOWN);
  return (
    <div className="again">
      <div aria-live="polite">
        {link && <Row icon={LinkIcon} text={`This link needs ${describeMark(link.dataset)}: drop it here`} />}
        {sessions.map((one) => (
          <Row key={one.fingerprint} icon={TextIcon} text={`This session needs ${describeMark(one)}: drop it here`} />
        ))}
      </div>
      {cards.length > 0 && (
        <section aria-label="Resume">
          <ul>
            {shown.map((card) => (
              <li key={card.fingerprint}>
                <CardRow card={card} onForget={() => forget(card.fingerprint)} />
              </li>
            ))}
          </ul>
          {cards.length > 1 && (
            <div className="more">
              {cards.length > shown.length && (
                <Button small onClick={() => setAll(true)}>
                  {`${cards.length - shown.length} more`}
                </Button>
              )}
              <Button small onClick={() => forget()}>
                Forget all
              </Button>
            </div>
          )}
        </section>
      )}
    </div>
  );
}

function CardRow({ card, onForget }: { readonly card: Remembered; readonly onForget: () => void }): ReactElement {
  const { name, summary, savedAt, hasOrigin } = card;
  const id = useId();
  const edited = `${summary}, edited ${clockTime(savedAt)}`;
  return (
    <Row icon={ClockIcon} id={id} title={name} text={hasOrigin ? edited : `${edited} · drop the file again to go on`}>
      <Button small aria-describedby={id} onClick={onForget}>
        Forget
      </Button>
      {(hasOrigin || canPick()) && (
        <Button small kind="edge" aria-describedby={id} onClick={() => void reopen(card)}>
          Resume
        </Button>
      )}
    </Row>
  );
}

interface RowProps {
  readonly icon: Icon;
  readonly text: string;
  readonly id?: string;
  readonly title?: string;
  readonly children?: ReactNode;
}

function Row({ icon: Picture, text, id, title, children }: RowProps): ReactElement {
  return (
    <div className="again-row">
      <Picture />
      <p id={id} className="grow">
        {title && <span className="strong">{title}</span>}
        {title && ' · '}
        <span className={title ? 's t2' : undefined}>{text}</span>
      </p>
      {children}
    </div>
  );
}
