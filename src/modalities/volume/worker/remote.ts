// Volumes at addresses. Every byte that comes is told to the page, which names the host and counts.
import type { RemoteAddress } from '../../../base/remote.ts';
import { TRAFFIC_CHANNEL, type Traffic } from '../../../base/traffic.ts';
import { openRemoteVolume } from '../../../formats/http/index.ts';
import type { VolumeReader } from '../../../formats/volume.ts';

let channel: BroadcastChannel | undefined;

function tell(traffic: Traffic): void {
  channel ??= new BroadcastChannel(TRAFFIC_CHANNEL);
  channel.postMessage(traffic);
}

export function openAddress(address: RemoteAddress, signal?: AbortSignal): Promise<VolumeReader[]> {
  return openRemoteVolume(address, { onBytes: (bytes) => tell({ host: address.host, bytes }), signal });
}
