import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry } from '../src/host/types';
import { everything } from '../src/logs/filter';
import { Log, mostLines } from '../src/logs/log';

const entry = (seq: number, more: Partial<LogEntry> = {}): LogEntry => ({ timestamp: '2026-01-01T00:00:00.000Z', source: 'plugin', level: 'info', message: `line ${seq}`, pluginID: 'p', seq, generation: 1, ...more });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
const marks = (log: Log) => Array.from({ length: log.rows.end - log.rows.first }, (_, index) => log.rows.at(log.rows.first + index)!.kept).flatMap((kept) => (kept.kind === 'mark' ? [kept.text] : []));
const settled = async (log: Log) => {
  while (log.isLooking) {
    await new Promise((resolve) => setTimeout(resolve));
  }
};

test('a line that comes twice is there once, and one that does not come is a gap', () => {
  const log = new Log();
  log.add(range(1, 10));
  log.add(range(6, 12));
  log.add([entry(15)]);
  assert.equal(log.lines, 13);
  assert.deepEqual(marks(log), ['2 lines are missing here']);
});

test('what was before the first line is a gap, too', () => {
  const log = new Log();
  log.add(range(1001, 1002));
  assert.deepEqual(marks(log), ['1,000 lines are missing before this: the dev host keeps the last 5,000']);
});

test('a new generation is marked, and another host begins anew', () => {
  const log = new Log();
  log.add([entry(1), entry(2, { generation: 2 }), entry(3, { generation: 2 })]);
  log.beginAnew('restarted');
  log.add([entry(1), entry(2)]);
  assert.deepEqual(marks(log), ['Generation 2', 'restarted']);
  assert.equal(log.lines, 5);
});

test('the page keeps so many lines, counts those it dropped, and its numbers stay right', async () => {
  const log = new Log();
  for (let from = 1; from < 2.5 * mostLines; from += 5000) {
    log.add(range(from, from + 4999));
  }

  assert.deepEqual([log.lines, log.dropped, log.rows.end - log.rows.first, log.counts.shown(log.filter)], [mostLines, 1.5 * mostLines, mostLines, mostLines]);
  log.show({ ...everything, text: '7' }, true);
  await settled(log);
  const hits = range(1.5 * mostLines + 1, 2.5 * mostLines).filter((one) => one.message.includes('7')).length;
  assert.deepEqual([log.rows.end - log.rows.first, log.counts.shown(log.filter), [...log.shown()].length], [hits, hits, hits]);
});

test('lines that come while a filter is applied are counted once', async () => {
  const log = new Log();
  log.add(range(1, 50_000));
  log.show({ ...everything, text: 'line', isPattern: true }, true);
  log.add(range(50_001, 100_500));
  await settled(log);
  assert.deepEqual([log.lines, log.counts.shown(log.filter), log.rows.end - log.rows.first], [mostLines, mostLines, mostLines]);
});

test('sources and levels are counted as the others let them through', () => {
  const log = new Log();
  log.add([entry(1), entry(2, { source: 'vite' }), entry(3, { source: 'vite', level: 'error' }), entry(4, { level: 'debug' })]);
  assert.deepEqual([log.counts.ofSource('plugin', everything), log.counts.ofSource('vite', everything), log.counts.ofLevel('debug', everything), log.counts.shown(everything)], [1, 2, 1, 3]);
  const noVite = { ...everything, hiddenSources: new Set(['vite']) };
  assert.deepEqual([log.counts.ofSource('vite', noVite), log.counts.ofLevel('error', noVite), log.counts.shown(noVite)], [2, 0, 1]);
});
