import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf } from '../src/logs/line';
import { Rows } from '../src/logs/rows';

const line = (id: number, message = `${id}`) => lineOf({ timestamp: '2026-01-01T00:00:00.000Z', source: 'plugin', level: 'info', message, pluginID: 'p', seq: id, generation: 1 }, id);

function filled(count: number): Rows {
  const rows = new Rows(20);
  for (let id = 1; id <= count; id++) {
    rows.add(line(id), true);
  }

  return rows;
}

test('each place has its row, whatever the heights, and each row its place', () => {
  const rows = filled(2000);
  for (let row = 0; row < 2000; row += 7) {
    rows.setHeight(row, 20 + (row % 5) * 20);
  }

  rows.dropBefore(701);
  let top = 0;
  for (let row = rows.first; row < rows.end; row++) {
    assert.equal(rows.topOf(row), top);
    const height = rows.at(row)!.height;
    assert.equal(rows.rowAt(top), row);
    assert.equal(rows.rowAt(top + height - 1), row);
    top += height;
  }

  assert.equal(rows.height, top);
  assert.equal(rows.rowAt(top + 1000), rows.end - 1);
});

test('what is the same is one row until it is told apart', () => {
  const rows = new Rows(20);
  for (const [id, message] of ['a', 'a', 'a', 'b', 'a'].entries()) {
    rows.add(line(id + 1, message), true);
  }

  rows.add(line(6, 'a'), false);
  assert.deepEqual([0, 1, 2, 3].map((row) => [rows.at(row)!.count, rows.at(row)!.first, rows.at(row)!.last]), [[3, 1, 3], [1, 4, 4], [1, 5, 5], [1, 6, 6]]);
});

test('what is dropped takes its height along, also of a row that stands for several', () => {
  const rows = new Rows(20);
  for (let id = 1; id <= 10; id++) {
    rows.add(line(id, id <= 6 ? 'same' : `${id}`), true);
  }

  rows.dropBefore(4);
  assert.deepEqual([rows.first, rows.at(0)!.count, rows.height], [0, 3, 100]);
  rows.dropBefore(9);
  assert.deepEqual([rows.first, rows.height, rows.droppedHeight, rows.end], [3, 40, 60, 5]);
  rows.dropBefore(100);
  assert.deepEqual([rows.height, rows.first, rows.end, rows.rowAt(0)], [0, 5, 5, 5]);
});
