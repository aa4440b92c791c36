/** The escaping template: whatever stands in a file, it is text on the page. */

import * as fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { html, trusted } from '../../src/page/html.js';

describe('html', () => {
  it('escapes texts, joins lists, leaves out null, and keeps what is HTML already', () => {
    const { markup } =
      html`<p title="${'a"b'}">${'<b>&\'"'}${[1, html`<i>${'<'}</i>`, null]}${trusted('<svg/>')}</p>`;
    expect(markup).toBe('<p title="a&quot;b">&lt;b&gt;&amp;&#39;&quot;1<i>&lt;</i><svg/></p>');
  });

  it('makes control characters, reordering marks and lone surrogates visible', () => {
    expect(html`${'a\0b\x1b[31m\u202egnp.exe\u2028\ud800z'}`.markup).toBe(
      'a\\x00b\\x1b[31m\\u202egnp.exe\\u2028\\ud800z',
    );
    expect(html`${'a\tb\nc 🎈'}`.markup).toBe('a b c 🎈');
  });

  it('gives any text back as one text, in an element and in an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`;
        const [element, ...others] = parseDocument(markup, { decodeEntities: true }).children;
        expect(others).toEqual([]);
        const shown = html`${text}`.markup;
        const plain = shown.replace(/&(?:lt|gt|quot|amp|#39);/g, (e) => ENTITIES[e] ?? e);
        expect(element).toMatchObject({ name: 'p', attribs: { title: plain } });
        const children = element !== undefined && 'children' in element ? element.children : [];
        expect(children.map((child) => ('data' in child ? child.data : child.type)).join('')).toBe(plain);
      }),
    );
  });
});

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
  '&#39;': "'",
};
