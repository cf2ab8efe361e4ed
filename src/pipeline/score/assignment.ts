// The assignment problem on sparse candidates: as many pairs as possible, and among those the smallest sum of costs.
// Successive shortest paths with dual prices (Kuhn 1955; Jonker and Volgenant 1987). A row that stays alone counts as paired
// with a partner of its own at a price above all others, which makes the number of pairs come first.

export interface Candidates {
  readonly rows: number;
  readonly columns: number;
  /** First candidate of each row, and the end: rows + 1 numbers. */
  readonly start: Int32Array<ArrayBuffer>;
  readonly column: Int32Array<ArrayBuffer>;
  /** At least 0. */
  readonly cost: Float64Array<ArrayBuffer>;
}

/** Packs the candidates of each row: pairs of column and cost. */
export function packCandidates(columns: number, lists: readonly (readonly (readonly [number, number])[])[]): Candidates {
  const start = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => {
    start[i + 1] = start[i]! + list.length;
  });
  const flat = lists.flat();
  return {
    rows: lists.length,
    columns,
    start,
    column: Int32Array.from(flat, ([column]) => column),
    cost: Float64Array.from(flat, ([, cost]) => cost),
  };
}

/** Per row its column, or −1. O(rows · (candidates + columns²)) at worst; paths stay within connected candidates. */
export function assign({ rows, columns, start, column, cost }: Candidates): Int32Array<ArrayBuffer> {
  const dearest = cost.reduce((most, value) => Math.max(most, value), 1);
  // A path can save at most one cost a row, so no saving is worth a pair.
  const alone = dearest * (rows + 1);
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const reach = new Float64Array(columns).fill(Infinity);
  const from = new Int32Array(columns);
  const done = new Uint8Array(columns);

  for (let first = 0; first < rows; first++) {
    const touched: number[] = [];
    const settled: number[] = [];
    let row = first;
    let base = 0;
    let last = -1;
    let aloneRow = -1;
    let aloneReach = Infinity;
    for (;;) {
      for (let k = start[row]!; k < start[row + 1]!; k++) {
        const j = column[k]!;
        if (done[j]) continue;
        const length = base + cost[k]! - rowPrice[row]! - columnPrice[j]!;
        if (length >= reach[j]!) continue;
        if (reach[j] === Infinity) touched.push(j);
        reach[j] = length;
        from[j] = row;
      }
      const leaving = base + alone - rowPrice[row]!;
      if (leaving < aloneReach) {
        aloneReach = leaving;
        aloneRow = row;
      }
      last = nearestOf(touched, reach, done);
      if (last < 0 || reach[last]! >= aloneReach || rowOf[last]! < 0) break;
      done[last] = 1;
      settled.push(last);
      base = reach[last]!;
      row = rowOf[last]!;
    }
    const ends = last >= 0 && reach[last]! < aloneReach;
    const length = ends ? reach[last]! : aloneReach;
    rowPrice[first]! += length;
    for (const j of settled) {
      rowPrice[rowOf[j]!]! += length - reach[j]!;
      columnPrice[j]! -= length - reach[j]!;
    }
    turn(first, ends ? from[last]! : aloneRow, ends ? last : -1);
    for (const j of touched) {
      reach[j] = Infinity;
      done[j] = 0;
    }
  }
  return columnOf;

  /** Gives `row` the column `to` (−1: none), the row before it on the path the column that this sets free, and so on. */
  function turn(first: number, end: number, to: number): void {
    let row = end;
    let given = to;
    for (;;) {
      const freed = columnOf[row]!;
      columnOf[row] = given;
      if (given >= 0) rowOf[given] = row;
      if (row === first) return;
      given = freed;
      row = from[freed]!;
    }
  }
}

function nearestOf(touched: readonly number[], reach: Float64Array, done: Uint8Array): number {
  let nearest = -1;
  for (const j of touched) if (!done[j] && (nearest < 0 || reach[j]! < reach[nearest]!)) nearest = j;
  return nearest;
}
