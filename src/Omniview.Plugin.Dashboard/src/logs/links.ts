/** A stretch of text that leads somewhere, or does not. */
export type Link =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'url'; readonly text: string; readonly href: string }
  | { readonly kind: 'place'; readonly text: string; readonly file: string; readonly line: number; readonly column: number };

// An address with what usually follows one in prose left out; \x60 is a backquote.
const address = String.raw`(https?:\/\/[^\s<>"'\x60\\^{|}\x00-\x1f]+)`;
const root = String.raw`[A-Za-z]:[\\/]|\.{0,2}[\\/]`;
// file:line, file:line:column, file(line,column)
const place = String.raw`(?:[\w@.+-]+[\\/])*[\w@+-][\w@.+-]*\.[A-Za-z]\w{0,7})(?::(\d{1,7})(?::(\d{1,5}))?|\((\d{1,7})(?:,(\d{1,5}))?\))`;
const expressions = new Map<string, RegExp>();

/** The plugin's folder may have any name: what else ends a path in prose, such as a space, does not end that part of it. */
function linked(folder: string): RegExp {
  let expression = expressions.get(folder);
  if (expression === undefined) {
    const own = folder === '' ? '' : `${folder.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}[\\\\/]|`;
    expression = new RegExp(`${address}|((?:${own}${root})?${place}`, 'g');
    expressions.set(folder, expression);
  }

  return expression;
}

/**
 * Takes a text apart into what leads to the web, what leads to a place in a file, and the rest.
 * @param folder the plugin's, as it may stand before a file; empty when it is not known
 */
export function linksIn(text: string, folder = ''): Link[] {
  const links: Link[] = [];
  let from = 0;
  const leave = (to: number) => {
    if (to > from) {
      links.push({ kind: 'text', text: text.slice(from, to) });
    }
  };

  for (const found of text.matchAll(linked(folder))) {
    leave(found.index);
    const [whole, url, file] = found;
    if (url !== undefined) {
      const href = trimmed(url);
      links.push({ kind: 'url', text: href, href });
      from = found.index + href.length;
    } else {
      links.push({ kind: 'place', text: whole, file: file ?? '', line: Number(found[3] ?? found[5]), column: Number(found[4] ?? found[6] ?? 1) });
      from = found.index + whole.length;
    }
  }

  leave(text.length);
  return links;
}

/** Without the full stop of the sentence, and without a bracket that was opened before it. */
function trimmed(url: string): string {
  let end = url.replace(/[.,;:!?]+$/, '');
  while (end.endsWith(')') && end.split('(').length < end.split(')').length) {
    end = end.slice(0, -1).replace(/[.,;:!?]+$/, '');
  }

  return end;
}
