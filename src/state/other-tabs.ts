// The same data set in two tabs: each saves for itself and the last save is what is remembered, so both are told.
import { notify } from './log.ts';

interface Word {
  readonly fingerprint: string;
  /** 'opened' is asked of all tabs, 'here' is the answer of those that have it. */
  readonly says: 'opened' | 'here';
}

const CHANNEL = 'somascope-open';

let channel: BroadcastChannel | undefined;
/** Names of the data sets that this tab remembers, by fingerprint. */
const open = new Map<string, string>();

/** Tells the other tabs; whoever has the data set, too, says so here and there. */
export function claimSet(fingerprint: string, name: string): void {
  open.set(fingerprint, name);
  channel ??= listen();
  channel.postMessage({ fingerprint, says: 'opened' } satisfies Word);
}

export function releaseSet(fingerprint: string): void {
  open.delete(fingerprint);
}

function listen(): BroadcastChannel {
  const made = new BroadcastChannel(CHANNEL);
  made.onmessage = ({ data }: MessageEvent<Word>) => {
    const name = open.get(data.fingerprint);
    if (name === undefined) return;
    if (data.says === 'opened') made.postMessage({ fingerprint: data.fingerprint, says: 'here' } satisfies Word);
    notify(
      'warning',
      `${name} is open in another tab, too`,
      'What is saved last is what is remembered: edit it in one of them only.',
    );
  };
  return made;
}
