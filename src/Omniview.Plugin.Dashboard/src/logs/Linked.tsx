import { plugins } from '../plugins/plugins';
import { openInEditor } from '../problems/place';
import { linksIn } from './links';

/** A text in which addresses lead to the web and places into the editor. */
export function Linked({ text, plugin, byKey = true }: { readonly text: string; readonly plugin: string; readonly byKey?: boolean }) {
  return (
    <>
      {linksIn(text, plugins.value.get(plugin)?.devPath).map((link, index) =>
        link.kind === 'text' ? (
          link.text
        ) : link.kind === 'url' ? (
          <a key={index} href={link.href} target="_blank" rel="noopener noreferrer">
            {link.text}
          </a>
        ) : (
          <button key={index} type="button" class="link" {...(byKey ? {} : { tabIndex: -1 })} title="Open in the editor" onClick={() => void openInEditor(plugin, link.file, link.line, link.column)}>
            {link.text}
          </button>
        ),
      )}
    </>
  );
}
