import { withoutControls } from '../logs/ansi';
import { Linked } from '../logs/Linked';
import { linksIn } from '../logs/links';
import { openInEditor, relative } from '../problems/place';
import type { PluginState, Problem } from '../host/types';
import { troublesOf } from './state';

const mostLines = 6;

/** What is wrong with a plugin, with the place and the words of the first error. */
export function Troubles({ plugin }: { readonly plugin: PluginState }) {
  return (
    <>
      {troublesOf(plugin).map((trouble) => (
        <div key={trouble.kind} class={`trouble ${trouble.kind}`} role="alert">
          <strong>{trouble.heading}</strong>
          {trouble.kind === 'stale' && <span>generation {plugin.generation} still running</span>}
          {trouble.problem !== null ? (
            <Words plugin={plugin} problem={trouble.problem} />
          ) : (
            <span class="words">
              <Linked text={withoutControls(trouble.text)} plugin={plugin.pluginID} />
            </span>
          )}
        </div>
      ))}
    </>
  );
}

function Words({ plugin, problem }: { readonly plugin: PluginState; readonly problem: Problem }) {
  const lines = problem.message.split('\n').map(withoutControls);
  const place = placeOf(problem, lines, plugin.devPath);
  return (
    <>
      <span class="words">
        <Linked text={headOf(lines)} plugin={plugin.pluginID} />
      </span>
      {place !== null && (
        <button type="button" class="link place" title="Open in the editor" onClick={() => void openInEditor(plugin.pluginID, place.file, place.line, place.column)}>
          {relative(place.file, plugin.devPath)}:{place.line}
        </button>
      )}
    </>
  );
}

/** What there is to say before a stack goes on about it; the list of problems has all of it. */
function headOf(lines: readonly string[]): string {
  const stack = lines.findIndex((line) => line.startsWith('goroutine '));
  return lines.slice(0, stack < 0 ? mostLines : Math.min(stack, mostLines)).join('\n').trimEnd();
}

/** Where it is; of a stack, the first place that is the plugin's own. */
function placeOf(problem: Problem, lines: readonly string[], folder: string): { readonly file: string; readonly line: number; readonly column: number } | null {
  if (problem.file !== '') {
    return { file: problem.file, line: Math.max(1, problem.line), column: Math.max(1, problem.column) };
  }

  const places = lines.flatMap((line) => linksIn(line, folder)).filter((link) => link.kind === 'place');
  return places.find((place) => relative(place.file, folder) !== place.file) ?? null;
}
