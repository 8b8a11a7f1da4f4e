import { escapeBut, linesOf, type Cue } from './cue.ts';

const time = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?`;
const timing = new RegExp(String.raw`^\s{0,20}${time}\s{0,20}-{1,2}>\s{0,20}${time}(.{0,200})`);
const simpleTags = /^<\/?[ibu]>$/i;
const vttTags =
  /^<(?:\/?(?:i|b|u|c|v|ruby|rt|lang)(?:\.[\w-]{1,40}){0,4}|(?:v|lang)(?:\.[\w-]{1,40}){0,4} [^<>&]{1,100}|\d{2,4}:\d\d:\d\d\.\d{3}|\d\d:\d\d\.\d{3})>$/;
const setting = /^(?:vertical:(?:rl|lr)|(?:line|position|size):-?[\d.]{1,8}%?(?:,[a-z-]{1,12})?|align:[a-z]{1,8})$/;

/**
 * Reads the cues of SubRip and of WebVTT, which are blocks of a line of times and lines of text. What stands in no such block, such
 * as styles and comments, is left out. Null where there is no line of times at all.
 */
export function readTimedText(text: string, isVtt: boolean): Cue[] | null {
  const cues: Cue[] = [];
  let open: { cue: Omit<Cue, 'text'>; lines: string[] } | null = null;
  let isAny = false;
  const close = (isFollowed: boolean): void => {
    if (open === null) return;
    const { cue, lines } = open;
    // The number of the cue that follows; a name of WebVTT stands behind an empty line.
    if (isFollowed && !isVtt && /^\s*\d{1,9}\s*$/.test(lines.at(-1) ?? '')) lines.pop();
    cues.push({ ...cue, text: toText(isVtt ? lines.slice(0, endOf(lines)) : lines, isVtt) });
    open = null;
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = timing.exec(line.slice(0, 400));
    if (match === null) {
      if (open !== null && open.lines.length < maxLines) open.lines.push(line.slice(0, 2_000));
      continue;
    }
    isAny = true;
    close(true);
    const settings = isVtt ? settingsOf(match[9] ?? '') : '';
    open = { cue: { startMs: msOf(match, 1), endMs: msOf(match, 5), settings }, lines: [] };
  }
  close(false);
  return isAny || (isVtt && text.startsWith('WEBVTT')) ? cues.map(withPosition) : null;
}

const maxLines = 100;

/** A block of WebVTT ends at the first empty line; people leave empty lines in SubRip. */
function endOf(lines: readonly string[]): number {
  const end = lines.indexOf('');
  return end === -1 ? lines.length : end;
}

function toText(lines: readonly string[], isVtt: boolean): string {
  return linesOf(lines.join('\n'))
    .map((line) => escapeBut(isVtt ? vttTags : simpleTags, line))
    .filter((line) => line !== '')
    .join('\n');
}

/** SubRip has places of SubStation Alpha in braces: 7 to 9 are at the top. */
function withPosition(cue: Cue): Cue {
  const [, place] = /^\{\\an?(\d{1,2})\}/.exec(cue.text) ?? [];
  const text = cue.text.replaceAll(/\{\\[^{}]{0,200}\}/g, '').trim();
  return { ...cue, text, settings: cue.settings || (place !== undefined && /^[789]$/.test(place) ? 'line:0' : '') };
}

function settingsOf(text: string): string {
  return text
    .split(/\s+/)
    .filter((each) => setting.test(each))
    .join(' ');
}

function msOf(match: RegExpExecArray, from: number): number {
  const [hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match
    .slice(from, from + 4)
    .map((part) => part ?? '0');
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}
