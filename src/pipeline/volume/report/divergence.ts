// How different regions are, as Prasad et al. 2020 (Fig. 2D, 2E) measure it: the Kullback-Leibler divergence of their grey levels and
// the cosine distance of their compositions. Matrices are [row, column]; rows are P, columns Q.

/** Added to every level so that a level that is missing in Q does not make the divergence infinite. */
const SMALL = 1e-6;

function distribution(counts: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const p = Float64Array.from({ length: counts.length }, (_, level) => counts[level]! + SMALL);
  const sum = p.reduce((total, value) => total + value, 0);
  return p.map((value) => value / sum);
}

/** Σ p ln(p / q) of each pair of histograms (voxels a level), in nats; NaN for a region without voxels. */
export function klMatrix(histograms: readonly ArrayLike<number>[]): number[][] {
  const isEmpty = histograms.map((counts) => Array.from(counts).every((count) => count === 0));
  const all = histograms.map(distribution);
  return all.map((p, i) =>
    all.map((q, j) => {
      if (isEmpty[i] || isEmpty[j]) return Number.NaN;
      return p.reduce((sum, value, level) => sum + value * Math.log(value / q[level]!), 0);
    }),
  );
}

/** 1 − cos of the angle between each pair of compositions (shares of axon, vessel, cell); NaN where one has none of them. */
export function cosineMatrix(compositions: readonly (readonly number[])[]): number[][] {
  const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, k) => sum + value * v[k]!, 0);
  return compositions.map((u) => compositions.map((v) => 1 - dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v))));
}
