// Compressed recordings (.cbin): what other folders may use.
export { type CompressedHeader, parseCompressedHeader } from './header.ts';
export { type CompressedSamples, openCompressed } from './open.ts';
