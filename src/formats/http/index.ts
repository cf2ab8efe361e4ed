// Volumes at addresses: what other folders may use.
export { openRemoteVolume, type RemoteOptions } from './open-remote.ts';
export { openHttp } from './source.ts';
export { httpStore } from './store.ts';
