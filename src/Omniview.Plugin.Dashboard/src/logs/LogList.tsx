import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { inOrder } from '../plugins/plugins';
import { chosen, showsTime, wraps } from '../page/selection';
import { follows } from './follow';
import { log, rowHeight } from './log';
import { LogText } from './LogLine';
import type { Row, Rows } from './rows';
import { timeOfDay } from './time';

const around = 12; // rows drawn above and below what is in view

/** The rows that are in view, and as much room as all of them would take. */
export function LogList() {
  const list = useRef<HTMLDivElement>(null);
  const [, redraw] = useState(0);
  const drawn = useRef<{ rows: Rows; dropped: number; top: number; height: number }>({ rows: log.rows, dropped: 0, top: 0, height: 0 });
  const wrapped = wraps.value;
  const following = follows.value;
  void log.version.value; // drawn again when there is more

  const rows = log.rows;
  const before = drawn.current;
  // Where the same rows are now: what was dropped above them is no longer there.
  const place = following ? Math.max(0, rows.height - before.height) : rows === before.rows ? Math.max(0, before.top - (rows.droppedHeight - before.dropped)) : Math.min(before.top, rows.height);
  const first = Math.max(rows.first, rows.rowAt(place) - around);
  const last = Math.min(rows.end, rows.rowAt(place + Math.max(before.height, rowHeight)) + 1 + around);
  const shown: { readonly number: number; readonly row: Row }[] = [];
  for (let number = first; number < last; number++) {
    const row = rows.at(number);
    if (row !== undefined) {
      shown.push({ number, row });
    }
  }

  useLayoutEffect(() => {
    const element = list.current!;
    let moved = 0;
    let changed = false;
    const anchor = rows.rowAt(place);
    for (const child of element.querySelectorAll<HTMLElement>('[data-row]')) {
      const number = Number(child.dataset['row']);
      const height = wrapped ? child.offsetHeight : rowHeight;
      const grown = height - (rows.at(number)?.height ?? height);
      if (rows.setHeight(number, height)) {
        changed = true;
        moved += number < anchor ? grown : 0;
      }
    }

    element.querySelector<HTMLElement>('.room')!.style.height = `${rows.height}px`;
    const top = following ? rows.height : place + moved;
    if (Math.abs(element.scrollTop - top) > 1 && (following || top !== before.top || rows !== before.rows)) {
      element.scrollTop = top;
    }

    const height = element.clientHeight;
    changed ||= height !== before.height;
    drawn.current = { rows, dropped: rows.droppedHeight, top: element.scrollTop, height };
    if (changed) {
      redraw((count) => count + 1);
    }
  });

  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => redraw((count) => count + 1));
    observer.observe(list.current!);
    return () => observer.disconnect();
  }, []);

  const scrolled = () => {
    const element = list.current!;
    const { top } = drawn.current;
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
    if (element.scrollTop < top - 1 && !atEnd) {
      follows.value = false;
    } else if (atEnd && element.scrollTop > top) {
      follows.value = true;
    }

    if (element.scrollTop !== top) {
      drawn.current.top = element.scrollTop;
      redraw((count) => count + 1);
    }
  };

  const several = chosen.value === null && inOrder.value.length > 1;
  return (
    <div ref={list} class={`lines${wrapped ? ' wraps' : ''}${showsTime.value ? '' : ' timeless'}`} role="log" aria-live="off" aria-label="Log" aria-busy={log.isLooking} tabIndex={0} onScroll={scrolled} onKeyDown={(event) => event.key === 'End' && (follows.value = true)}>
      <div class="room" />
      <div class="window" style={{ transform: `translateY(${rows.topOf(first)}px)` }}>
        {shown.map(({ number, row }) => (
          <LogRow key={number} number={number} row={row} count={row.count} several={several} />
        ))}
      </div>
      {rows.end === rows.first && <p class="empty muted">{log.lines === 0 ? 'Nothing has been logged yet.' : 'No line matches. Change the filter, or press Escape in it to show all.'}</p>}
    </div>
  );
}

function LogRow({ number, row: { kept }, count, several }: { readonly number: number; readonly row: Row; readonly count: number; readonly several: boolean }) {
  if (kept.kind === 'mark') {
    return (
      <div class={`row mark is-${kept.tone}`} data-row={number}>
        <span>
          {kept.text}
          {several && kept.plugin !== '' && ` · ${kept.plugin}`}
        </span>
      </div>
    );
  }

  return (
    <div class={`row is-${kept.level}`} data-row={number}>
      <time class="aside">{timeOfDay(kept.timestamp)}</time>
      {several && <span class="aside plugin">{kept.plugin}</span>}
      <span class={`aside source of-${kept.source}`}>{kept.source}</span>
      <span class="aside level">{kept.level === 'info' || kept.level === 'debug' ? '' : kept.level}</span>
      <LogText line={kept} />
      {count > 1 && (
        <span class="times" title={`${count} times in succession`}>
          ×{count.toLocaleString('en')}
        </span>
      )}
    </div>
  );
}
