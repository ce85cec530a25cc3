import { markup, trusted } from './markup.js';

test('escapes text in elements and attributes, and leaves markup alone', () => {
  const rows = ['a', '<b>'].map((row) => markup`<li>${row}</li>`);
  expect(markup`<ul title="${'"&\''}">${rows}${undefined}${7}</ul>${trusted('<hr>')}`.html).toBe(
    '<ul title="&quot;&amp;&#39;"><li>a</li><li>&lt;b&gt;</li>7</ul><hr>',
  );
});

test('replaces control characters but keeps line breaks', () => {
  expect(markup`${'a\u0000b\u001bc\nd'}`.html).toBe('a\ufffdb\ufffdc\nd');
});
