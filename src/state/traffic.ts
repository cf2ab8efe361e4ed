// Bytes received from each foreign server during this visit; the status bar of remote.html names them.
import { createStore } from 'zustand/vanilla';
import { TRAFFIC_CHANNEL, type Traffic } from '../base/traffic.ts';

export const traffic = createStore<{ readonly hosts: Readonly<Record<string, number>> }>(() => ({ hosts: {} }));

/** Counts what the workers tell; returns what stops it. */
export function watchTraffic(): () => void {
  const channel = new BroadcastChannel(TRAFFIC_CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Traffic>) => {
    traffic.setState(({ hosts }) => ({ hosts: { ...hosts, [data.host]: (hosts[data.host] ?? 0) + data.bytes } }));
  };
  return () => channel.close();
}
