import type { Kept } from './line';

/** A row of the list: what is kept, and how often it came in succession. */
export interface Row {
  readonly kept: Kept;
  /** The first and the last it stands for. */
  first: number;
  last: number;
  count: number;
  height: number;
}

const blockSize = 256;

/**
 * The rows in their order and where each of them begins, in pixels. Rows are numbered for ever; those that were dropped leave a
 * gap at the beginning. Heights are added up in blocks, so a place is found in some hundreds of steps among 100,000 rows.
 */
export class Rows {
  #rows: Row[] = [];
  #gone = 0; // rows before the first of the array
  #blocks = new Map<number, number>(); // height of each block
  #height = 0;

  /** Pixels that were dropped at the beginning. */
  droppedHeight = 0;

  constructor(readonly usualHeight: number) {}

  get first(): number {
    return this.#gone;
  }

  get end(): number {
    return this.#gone + this.#rows.length;
  }

  get height(): number {
    return this.#height;
  }

  at(number: number): Row | undefined {
    return this.#rows[number - this.#gone];
  }

  /** @param collapse What is the same as the row before makes that one count. */
  add(kept: Kept, collapse: boolean): void {
    const before = this.#rows.at(-1);
    if (collapse && before !== undefined && isSame(before.kept, kept)) {
      before.last = kept.id;
      before.count++;
      return;
    }

    this.#rows.push({ kept, first: kept.id, last: kept.id, count: 1, height: this.usualHeight });
    this.#grow(this.end - 1, this.usualHeight);
  }

  /** Drops what came before an id. */
  dropBefore(id: number): void {
    let dropped = 0;
    for (let row = this.#rows[0]; row !== undefined && row.last < id; row = this.#rows[dropped]) {
      this.#grow(this.#gone + dropped, -row.height);
      this.droppedHeight += row.height;
      dropped++;
    }

    if (dropped > 0) {
      this.#rows.splice(0, dropped);
      this.#gone += dropped;
      for (const block of this.#blocks.keys()) {
        if ((block + 1) * blockSize > this.#gone) {
          break;
        }

        this.#blocks.delete(block);
      }
    }

    const first = this.#rows[0];
    if (first !== undefined && first.first < id) {
      // Not every id in between need be one of its own, but it can't have come more often than there are.
      first.first = id;
      first.count = Math.min(first.count, first.last - id + 1);
    }
  }

  /** True when that is news. */
  setHeight(number: number, height: number): boolean {
    const row = this.at(number);
    if (row === undefined || row.height === height) {
      return false;
    }

    this.#grow(number, height - row.height);
    row.height = height;
    return true;
  }

  /** Where a row begins. */
  topOf(number: number): number {
    let top = 0;
    const own = Math.floor(number / blockSize);
    for (let block = Math.floor(this.#gone / blockSize); block < own; block++) {
      top += this.#blocks.get(block) ?? 0;
    }

    for (let row = Math.max(own * blockSize, this.#gone); row < number; row++) {
      top += this.at(row)?.height ?? 0;
    }

    return top;
  }

  /** The row at a place; the last one when the place is behind it. */
  rowAt(place: number): number {
    let top = 0;
    let row = this.#gone;
    for (let block = Math.floor(row / blockSize); row < this.end; block++) {
      const height = this.#blocks.get(block) ?? 0;
      if (top + height > place) {
        break;
      }

      top += height;
      row = Math.min((block + 1) * blockSize, this.end);
    }

    for (; row < this.end - 1; row++) {
      top += this.at(row)?.height ?? 0;
      if (top > place) {
        break;
      }
    }

    return Math.min(row, Math.max(this.end - 1, this.#gone));
  }

  #grow(number: number, by: number): void {
    const block = Math.floor(number / blockSize);
    this.#blocks.set(block, (this.#blocks.get(block) ?? 0) + by);
    this.#height += by;
  }
}

function isSame(one: Kept, other: Kept): boolean {
  return one.kind === 'line' && other.kind === 'line' && one.text === other.text && one.plugin === other.plugin && one.source === other.source && one.level === other.level && one.raw === other.raw;
}
