// Compressed recordings (.cbin): what other folders may use.
export { decodeChunk } from './decode.ts';
export { type CompressedHeader, parseCompressedHeader } from './header.ts';
export { type CompressedSamples, openCompressed } from './open.ts';
