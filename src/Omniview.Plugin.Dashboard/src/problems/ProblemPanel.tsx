import { plugins } from '../plugins/plugins';
import { copy } from '../page/copy';
import { Glyph } from '../page/Status';
import { chosen } from '../page/selection';
import { withoutControls } from '../logs/ansi';
import { Linked } from '../logs/Linked';
import { CodeFrame } from './CodeFrame';
import { openInEditor, relative } from './place';
import { files, type Shown } from './problems';

/** What is wrong with the sources as they are now, by file. */
export function ProblemPanel() {
  const groups = files.value;
  const count = groups.reduce((sum, group) => sum + group.shown.length, 0);
  if (count === 0) {
    return null;
  }

  return (
    <section class="problems" aria-labelledby="problems-heading">
      <h2 id="problems-heading">
        Problems of {chosen.value ?? 'all plugins'} <span class="count">{count}</span>
      </h2>
      <div class="scroll">
        {groups.map((group) => (
          <section key={`${group.plugin} ${group.file}`} class="file">
            <h3>
              <span class="name">{group.file === '' ? 'No file' : relative(group.file, plugins.value.get(group.plugin)?.devPath ?? '')}</span>
              <span class="muted">{group.plugin}</span>
            </h3>
            {group.shown.map((shown) => (
              <ProblemItem key={shown.key} shown={shown} />
            ))}
          </section>
        ))}
      </div>
    </section>
  );
}

function ProblemItem({ shown: { plugin, problem } }: { readonly shown: Shown }) {
  const folder = plugins.value.get(plugin)?.devPath ?? '';
  const place = problem.line > 0 ? `${problem.line}${problem.column > 0 ? `:${problem.column}` : ''}` : '';
  const message = problem.message.split('\n').map(withoutControls).join('\n');
  const text = `${problem.file === '' ? 'omniview' : relative(problem.file, folder)}${problem.line > 0 ? `(${problem.line},${problem.column})` : ''}: ${problem.severity} ${problem.code}: ${message}`;
  return (
    <article class={`problem is-${problem.severity}`} tabIndex={-1} data-problem={problem.code} aria-label={`${problem.severity} ${problem.code} ${place}`}>
      <p class="what">
        <Glyph status={problem.severity === 'error' ? 'error' : 'building'} />
        <span class="message">
          <Linked text={message} plugin={plugin} />
        </span>
      </p>
      <p class="about">
        <span class="severity">{problem.severity}</span>
        {/^https?:\/\//.test(problem.helpLink) ? (
          <a href={problem.helpLink} target="_blank" rel="noopener noreferrer" title="What this means and how to mend it">
            {problem.code}
          </a>
        ) : (
          <span>{problem.code}</span>
        )}
        {place !== '' && <span>line {place}</span>}
        <span class="space" />
        <button type="button" class="small" onClick={() => void copy(text, 'The problem')}>
          Copy
        </button>
        {problem.file !== '' && (
          <button type="button" class="small" data-open onClick={() => void openInEditor(plugin, problem.file, Math.max(1, problem.line), Math.max(1, problem.column))}>
            Open in editor
          </button>
        )}
      </p>
      <CodeFrame problem={problem} />
      {problem.related !== null && problem.related.length > 0 && (
        <ul class="related">
          {problem.related.map((related, index) => (
            <li key={index}>
              <button type="button" class="link" onClick={() => void openInEditor(plugin, related.file, Math.max(1, related.line), Math.max(1, related.column))}>
                {relative(related.file, folder)}:{related.line}
              </button>{' '}
              {related.message}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
