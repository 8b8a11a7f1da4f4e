import { describe, expect, it } from 'vitest';
import { convertSubtitle } from '../../../../src/library/delivery/companions/convert-subtitle.task.ts';

const convert = (text: string | Uint8Array, language: string | null = null) =>
  convertSubtitle({ bytes: typeof text === 'string' ? Buffer.from(text) : text, language });

const srt = (text: string) => `1\n00:00:01,000 --> 00:00:02,500\n${text}\n`;
const vtt = (text: string) => `WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n${text}\n`;

const cue = (from: number, to: number) => `00:00:0${from},000 --> 00:00:0${to},000\n${from}\n\n`;

describe('SubRip', () => {
  it('becomes WebVTT, with its numbers left out and its text kept', () => {
    const text =
      '\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nOne\r\n42\r\n\r\n2\r\n0:1:2,5 --> 00:01:03.25 X1:1\r\nTwo\r\n\r\nlines\r\n';
    expect(convert(text)).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nOne\n42\n\n00:01:02.500 --> 00:01:03.250\nTwo\nlines\n',
    );
  });

  it.each([
    ['<i>a</i> <font color="red">b</font> <script>c</script>', '<i>a</i> b c'],
    ['a < b & c > d &amp; e --> f', 'a &lt; b &amp; c &gt; d &amp; e --&gt; f'],
    [String.raw`{\i1}x{\i0}`, 'x'],
    ['<img src=x onerror=alert(1)>y', 'y'],
    ['<<b>>', '&lt;<b>&gt;'],
  ])('keeps the tags of WebVTT alone: %s', (text, expected) => {
    expect(convert(srt(text))).toBe(vtt(expected));
  });

  it('keeps a place at the top', () => {
    expect(convert(srt(String.raw`{\an8}Up`))).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.500 line:0\nUp\n');
  });

  it('is put in order, without what has no length', () => {
    expect(convert(cue(5, 6) + cue(3, 2) + cue(1, 2))).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n1\n\n00:00:05.000 --> 00:00:06.000\n5\n',
    );
  });
});

describe('WebVTT', () => {
  it('keeps cues, their settings and voices, and nothing that styles the page', () => {
    const text =
      'WEBVTT - x\n\nSTYLE\n::cue { background: url(http://x/) }\n\nNOTE no\n\nname\n00:01.000 --> 00:02.500 align:start line:10% x:y\n' +
      '<v Ann>Hi <c.red>you</c></v>\n\nid\n01:00:00.000 --> 01:00:01.000\n<u onclick=x>z</u>\n';
    expect(convert(text)).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.500 align:start line:10%\n<v Ann>Hi <c.red>you</c></v>\n\n' +
        '01:00:00.000 --> 01:00:01.000\nz</u>\n',
    );
  });

  it('may have no cue', () => {
    expect(convert('WEBVTT\n')).toBe('WEBVTT\n\n');
  });
});

it('reads what is said in SubStation Alpha, and no drawing', () => {
  const text = String.raw`[Script Info]
[V4+ Styles]
Format: Name, Fontname
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\i1\pos(1,2)}One{\i0}, two\Nthree <b>
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\an8}Top
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 1 1
Comment: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,no
`;
  expect(convert(text)).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<i>One</i>, two\nthree &lt;b&gt;\n\n00:00:03.000 --> 00:00:04.000 line:0\nTop\n',
  );
});

describe('text of any encoding', () => {
  const utf16 = Buffer.from(srt('Grüße'), 'utf16le');
  it.each<[string, Uint8Array, string | null, string]>([
    ['UTF-8', Buffer.from(srt('Grüße 你好')), null, 'Grüße 你好'],
    ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), null, 'Grüße'],
    [
      'UTF-16 the other way round',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
      null,
      'Grüße',
    ],
    ['UTF-16 without a mark', utf16, null, 'Grüße'],
    ['Windows-1252', Buffer.from(srt('Gr\xfc\xdfe \x80'), 'latin1'), null, 'Grüße €'],
    ['Windows-1251', Buffer.from(srt('\xcf\xf0\xe8\xe2\xe5\xf2'), 'latin1'), 'ru', 'Привет'],
    ['Windows-1250', Buffer.from(srt('\xb3\xf3d\x9f'), 'latin1'), 'pl-PL', 'łódź'],
    ['Shift JIS', Buffer.from(srt('\x82\xa0'), 'latin1'), 'ja', 'あ'],
    ['GB 18030', Buffer.from(srt('\xc4\xe3\xba\xc3'), 'latin1'), 'zh-Hans', '你好'],
    ['Big5', Buffer.from(srt('\xa7A\xa6n'), 'latin1'), 'zh-Hant', '你好'],
  ])('is read: %s', (_title, bytes, language, expected) => {
    expect(convert(bytes, language)).toBe(vtt(expected));
  });
});

describe('what a stranger wrote', () => {
  it.each([
    ['nothing', ''],
    ['a picture', '\x89PNG\r\n\x1a\n\0\0\0\0'],
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['MicroDVD', '{1}{72}Hi'],
  ])('is no subtitle: %s', (_title, text) => {
    expect(convert(text)).toBe(null);
  });

  it('has no more cues, lines and letters than players can hold, and takes no time', () => {
    const many = convert('00:00:01,000 --> 00:00:02,000\nx\n'.repeat(60_000)) ?? '';
    expect(many.split('-->')).toHaveLength(50_001);
    expect(convert(srt('x\n'.repeat(5_000)))?.split('\n').length).toBeLessThan(110);
    expect((convert(srt('<'.repeat(1_000_000))) ?? '').length).toBeLessThan(20_000);
    for (const text of ['{\\', '<i', ' --> ', '00:', '[', '&', '\0']) convert(srt(text.repeat(300_000)));
    expect(convert('99999:00:00,000 --> 99999:00:01,000\nx')).toBe(null);
    expect(convert('9999:00:00,000 --> 9999:00:01,000\nx')).toBe('WEBVTT\n\n');
  });
});
