import type { Problem } from '../host/types';

/** The lines around a problem, with the place underlined. */
export function CodeFrame({ problem }: { readonly problem: Problem }) {
  if (problem.frame === null) {
    return null;
  }

  const { firstLine, lines } = problem.frame;
  return (
    <pre class="frame" tabIndex={0} aria-label={`Code around line ${problem.line}`}>
      {lines.map((text, index) => {
        const number = firstLine + index;
        const isIt = number === problem.line;
        return (
          <span key={number} class={isIt ? 'line it' : 'line'}>
            <span class="number">{isIt ? `› ${number}` : number}</span>
            <code>{isIt ? <Marked text={text} problem={problem} /> : text || ' '}</code>
          </span>
        );
      })}
    </pre>
  );
}

function Marked({ text, problem }: { readonly text: string; readonly problem: Problem }) {
  const from = problem.column - 1;
  if (from < 0 || from > text.length) {
    return <>{text || ' '}</>;
  }

  const to = problem.endLine === problem.line && problem.endColumn > problem.column ? problem.endColumn - 1 : from + (/^[\p{L}\p{N}_$]+/u.exec(text.slice(from))?.[0].length ?? 1);
  return (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to) || ' '}</mark>
      {text.slice(to)}
    </>
  );
}
