// The part of d3-scale-chromatic that make-colormaps.ts uses; the package brings no types.
declare module 'd3-scale-chromatic' {
  export function interpolateViridis(share: number): string;
  export function interpolateMagma(share: number): string;
  export function interpolateCividis(share: number): string;
}
