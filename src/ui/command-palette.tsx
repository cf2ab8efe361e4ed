// The command palette: a combobox over everything that can be done now (ARIA combobox with a listbox). The focus stays in the
// field; arrows move the choice, Enter does it, a number behind a name is its argument.
import { Fragment, type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { usePreferences } from '../state/hooks.ts';
import { setPreferences } from '../state/preferences.ts';
import { useRegistered } from './actions.ts';
import { classNames } from './class-names.ts';
import { Dialog } from './dialog.tsx';
import { SearchIcon } from './icons.tsx';
import { showKeys } from './keys.ts';
import { commandsOf, type PaletteLine, paletteLines, remember } from './palette-options.ts';

const PAGE = 8;

export function CommandPalette({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { recent } = usePreferences();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const lines = paletteLines(commandsOf(useRegistered()), query, recent);
  const at = Math.min(chosen, Math.max(0, lines.length - 1));

  // What is chosen is scrolled to, whatever moved it.
  useEffect(() => {
    if (lines.length > 0) list.current?.querySelector(`#${CSS.escape(`${id}${at}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at, lines.length]);

  const type = (text: string) => {
    setQuery(text);
    setChosen(0);
  };
  const choose = (line: PaletteLine | undefined) => {
    if (!line || line.disabled) return;
    const { action } = line.command;
    if (line.asks) {
      type(`${action.label} `);
      return;
    }
    setPreferences({ recent: remember(recent, line) });
    onClose();
    if (action.number) action.run(line.value ?? action.number.min);
    else action.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = Math.max(1, lines.length);
    const { key, ctrlKey, metaKey } = event;
    if (key === 'ArrowDown') setChosen((at + 1) % count);
    else if (key === 'ArrowUp') setChosen((at + count - 1) % count);
    else if (key === 'PageDown') setChosen(Math.min(count - 1, at + PAGE));
    else if (key === 'PageUp') setChosen(Math.max(0, at - PAGE));
    else if (key === 'Enter') choose(lines[at]);
    else if (key.toLowerCase() === 'k' && (ctrlKey || metaKey)) onClose();
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title="Commands" bare onClose={onClose}>
      <div className="palette-field">
        <SearchIcon />
        <input
          role="combobox"
          type="text"
          autoComplete="off"
          spellCheck={false}
          aria-label="Command"
          aria-autocomplete="list"
          aria-expanded={lines.length > 0}
          aria-controls={`${id}list`}
          aria-activedescendant={lines.length > 0 ? `${id}${at}` : undefined}
          placeholder="What to do, and a number where it takes one: diameter 12"
          value={query}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={`${id}list`} role="listbox" aria-label="Commands" className="palette-list">
        {groupsOf(lines).map(({ head, from, to }) => {
          const shown = lines
            .slice(from, to)
            .map((line, i) => (
              <Line
                key={line.id}
                id={`${id}${from + i}`}
                line={line}
                chosen={from + i === at}
                onPoint={() => setChosen(from + i)}
                onChoose={() => choose(line)}
              />
            ));
          if (!head) return <Fragment key={head}>{shown}</Fragment>;
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
            <div key={head} role="group" aria-labelledby={`${id}head${from}`}>
              <div id={`${id}head${from}`} role="presentation" className="palette-head">
                {head}
              </div>
              {shown}
            </div>
          );
        })}
      </div>
      <p role="status" aria-live="polite" className={lines.length > 0 ? 'vh' : 'palette-none t2'}>
        {lines.length === 0 ? 'Nothing here is called that.' : `${lines.length} command${lines.length === 1 ? '' : 's'}`}
      </p>
    </Dialog>
  );
}

/** Lines under one head lie together; from `from` to before `to`. */
function groupsOf(lines: readonly PaletteLine[]): { head: string; from: number; to: number }[] {
  const groups: { head: string; from: number; to: number }[] = [];
  for (const [index, { head }] of lines.entries()) {
    const last = groups.at(-1);
    if (last?.head === head) last.to = index + 1;
    else groups.push({ head, from: index, to: index + 1 });
  }
  return groups;
}

interface LineProps {
  readonly id: string;
  readonly line: PaletteLine;
  readonly chosen: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Line({ id, line, chosen, onPoint, onChoose }: LineProps): ReactElement {
  const { command, head, argument, disabled, asks, hits } = line;
  const { group, label } = command.action;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: see the list
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={disabled ? true : undefined}
      className={classNames('palette-line', chosen && 'is-chosen')}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className="cut">
        {head !== group && (
          <span className="t3 group">
            <Marked text={group} from={0} hits={hits} />{' '}
          </span>
        )}
        <Marked text={label} from={group.length + 1} hits={hits} />
        {argument && <span className={asks || disabled ? 't3' : 'strong'}> {argument}</span>}
      </span>
      {disabled && <span className="note s">{disabled}</span>}
      {command.keys.map((keys) => (
        <kbd key={keys} className="tag">
          {showKeys(keys)}
        </kbd>
      ))}
    </div>
  );
}

/** The letters that fit are marked; `from` is where the text lies in `group label`. */
function Marked({ text, from, hits }: { readonly text: string; readonly from: number; readonly hits: readonly number[] }) {
  const wanted = new Set(hits);
  const parts: { readonly at: number; readonly hit: boolean; text: string }[] = [];
  for (let at = 0; at < text.length; at++) {
    const hit = wanted.has(from + at);
    const last = parts.at(-1);
    if (last?.hit === hit) last.text += text[at];
    else parts.push({ at, hit, text: text[at]! });
  }
  return parts.map((part) => (part.hit ? <b key={part.at}>{part.text}</b> : <span key={part.at}>{part.text}</span>));
}
