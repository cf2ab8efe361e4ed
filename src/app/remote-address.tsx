// The address field of remote.html: what lies at an address is asked for only after the person allowed the host by name.
import { type FormEvent, type ReactElement, useState } from 'react';
import { isSomascopeError } from '../base/errors.ts';
import { parseAddress, type RemoteAddress } from '../base/remote.ts';
import { modalities } from '../modalities/registry.ts';
import { reportError } from '../state/log.ts';
import { session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { Check } from '../ui/check.tsx';
import { openPart } from './open-part.ts';
import { loadView } from './views.ts';

export function RemoteAddressField(): ReactElement {
  const [text, setText] = useState('');
  const [allowed, setAllowed] = useState('');
  const address = text.trim() === '' ? null : read(text);
  const host = typeof address === 'object' ? (address?.host ?? '') : '';
  const isAllowed = host !== '' && allowed === host;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAllowed) void openAddress(text.trim());
  };
  return (
    <form className="remote" aria-label="Open an address" onSubmit={submit}>
      <label className="s t2" htmlFor="remote-address">
        Address
      </label>
      <input
        id="remote-address"
        type="text"
        className="field"
        autoComplete="off"
        spellCheck={false}
        placeholder="precomputed://https://…, zarr://https://…, bossdb://collection/experiment/channel"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="s t2" role="note">
        {typeof address === 'string'
          ? address
          : host
            ? `The server ${host} will be asked for the voxels that you look at.`
            : 'Nothing is asked before you allow it.'}
      </p>
      <div className="do">
        <Check
          label={host ? `Allow requests to ${host}` : 'Allow requests'}
          checked={isAllowed}
          disabled={host === ''}
          onChange={(on) => setAllowed(on ? host : '')}
        />
        <Button kind="edge" type="submit" disabled={!isAllowed}>
          Open address
        </Button>
      </div>
    </form>
  );
}

/** The address, or what is wrong with it. */
function read(text: string): RemoteAddress | string {
  try {
    return parseAddress(text);
  } catch (error) {
    if (isSomascopeError(error)) return error.message;
    throw error;
  }
}

const NO_FILES = { files: [], paths: [], table: new Float64Array(0) };

async function openAddress(address: string): Promise<void> {
  const modality = modalities.find(({ addressRoot }) => addressRoot !== undefined);
  if (!modality) return;
  session.setState({ opening: address });
  try {
    await loadView(modality);
    const name = address.split('/').filter(Boolean).at(-1) ?? address;
    await openPart(modality, { listing: NO_FILES, origins: [] }, { name, root: `${modality.addressRoot}${address}` }, true);
  } catch (error) {
    reportError(error, `${address} could not be opened`);
  } finally {
    session.setState({ opening: '' });
  }
}
