import { type Colour, type Look, segmentsOf } from './ansi';
import type { Line } from './line';
import { Linked } from './Linked';

const longest = 3000; // characters of a line that are drawn; all of it is searched, copied and saved

/** The text of a line with its colours, and what in it leads somewhere. Text only ever becomes text, never markup. */
export function LogText({ line }: { readonly line: Line }) {
  const whole = line.raw ?? line.text;
  const left = whole.length - longest;
  return (
    <span class="text">
      {segmentsOf(left > 0 ? whole.slice(0, longest) : whole).map((segment, index) => {
        const { names, style } = drawn(segment.look);
        const inner =
          segment.href !== null ? (
            <a href={segment.href} target="_blank" rel="noopener noreferrer">
              {segment.text}
            </a>
          ) : (
            <Linked text={segment.text} plugin={line.plugin} byKey={false} />
          );
        return names === '' && style === null ? (
          inner
        ) : (
          <span key={index} class={names} {...(style === null ? {} : { style })}>
            {inner}
          </span>
        );
      })}
      {left > 0 && <span class="muted"> … {left.toLocaleString('en')} more characters</span>}
    </span>
  );
}

/** Exact colours are set through the style object: the page's policy lets no style attribute through. */
function drawn(look: Look): { readonly names: string; readonly style: Record<string, string> | null } {
  const names: string[] = [];
  const style: Record<string, string> = {};
  const ground = look.inverse ? look.foreground : look.background;
  const colour = look.inverse ? look.background : look.foreground;
  paint(ground, 'bg', 'ansi-ground', '--exact-ground');
  if (typeof ground !== 'string') {
    paint(colour, 'fg', 'ansi-colour', '--exact'); // on a ground of its own, text is black or white, as can be read
  }

  for (const name of ['bold', 'dim', 'italic', 'underline', 'strike', 'inverse'] as const) {
    if (look[name]) {
      names.push(`ansi-${name}`);
    }
  }

  return { names: names.join(' '), style: Object.keys(style).length === 0 ? null : style };

  function paint(colour: Colour | undefined, palette: string, exact: string, property: string): void {
    if (typeof colour === 'number') {
      names.push(`${palette}-${colour}`);
    } else if (colour !== undefined) {
      names.push(exact);
      style[property] = colour;
    }
  }
}
