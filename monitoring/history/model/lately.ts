/** What every series showed lately, by index of the grid. */
export interface Lately {
  readonly push: (index: number, now: readonly number[]) => void;
  readonly valueAt: (series: number, index: number) => number;
  /** What one series showed at each of some indexes. */
  readonly valuesAt: (series: number, indexes: Int32Array) => Float64Array;
  /** Drops everything before a moment. */
  readonly forget: (before: number) => void;
}

/** Room for as many moments at first; it doubles when needed. */
const MOMENTS = 4096;

/** @param width how many series there are. */
export function createLately(width: number): Lately {
  let first = 0;
  let length = 0;
  // A column a series: a series is read as a whole.
  let columns = Array.from({ length: width }, () => new Float64Array(MOMENTS));
  const grow = (): void => {
    columns = columns.map((column) => {
      const larger = new Float64Array(2 * column.length);
      larger.set(column);
      return larger;
    });
  };
  return {
    push(index, now) {
      if (length === 0) first = index;
      if (length === columns[0]?.length) grow();
      for (let series = 0; series < width; series += 1) {
        const column = columns[series];
        if (column !== undefined) column[length] = now[series] ?? 0;
      }
      length += 1;
    },
    valueAt: (series, index) => columns[series]?.[index - first] ?? 0,
    valuesAt(series, indexes) {
      const values = new Float64Array(indexes.length);
      const column = columns[series];
      for (let at = 0; at < indexes.length; at += 1) values[at] = column?.[(indexes[at] ?? 0) - first] ?? 0;
      return values;
    },
    forget(before) {
      const gone = Math.max(0, before - first);
      for (const column of columns) column.copyWithin(0, gone, length);
      [first, length] = [first + gone, length - gone];
    },
  };
}
