// The small tool bar on the picture: one tool in hand at a time, arrow keys move along it, Esc puts the tool away.
import { Fragment, type ReactElement } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { RemoveIcon, TraceIcon } from '../../../ui/icons.tsx';
import { moveWithin } from '../../../ui/move-within.ts';
import { removeSelected, toggleTool } from './curate.ts';
import type { CalciumDataset } from './datasets.ts';
import type { EditState } from './edit-state.ts';
import { TOOL_GROUPS, TOOLS } from './edit-tools.ts';
import { removeProbe } from './probe.ts';
import { setEdit } from './selection.ts';

interface EditBarProps {
  readonly dataset: CalciumDataset;
  readonly edit: EditState;
}

export function EditBar({ dataset, edit: { tool, pixelTrace, probe } }: EditBarProps): ReactElement {
  const reached = tool ?? TOOLS[0]!.name;
  const probing = tool === 'probe' && probe !== null;
  return (
    <div
      role="toolbar"
      aria-label="Edit regions"
      className="edit-bar"
      onKeyDown={(event) => {
        moveWithin(event, 'button');
      }}
    >
      {TOOL_GROUPS.map((group, i) => (
        <Fragment key={group[0]!.name}>
          {i > 0 && <hr />}
          {group.map(({ name, label, keys, icon }) => (
            <IconButton
              key={name}
              small
              label={label}
              icon={icon}
              keys={keys}
              pressed={name === tool}
              className="tool"
              tabIndex={name === reached ? 0 : -1}
              onClick={(event) => {
                toggleTool(dataset, name);
                // Taken with the mouse, the tool is used with the mouse: Enter is then the tool's, not the button's.
                if (event.detail > 0) event.currentTarget.blur();
              }}
            />
          ))}
        </Fragment>
      ))}
      <IconButton
        small
        label="Trace under the pointer"
        icon={TraceIcon}
        keys="h"
        pressed={pixelTrace}
        tabIndex={-1}
        onClick={() => setEdit(dataset, { pixelTrace: !pixelTrace })}
      />
      <hr />
      <IconButton
        small
        label={probing ? 'Remove probe' : 'Remove region'}
        icon={RemoveIcon}
        keys="Delete"
        tabIndex={-1}
        onClick={() => (probing ? removeProbe(dataset) : removeSelected(dataset))}
      />
    </div>
  );
}
