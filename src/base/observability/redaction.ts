/** Takes credentials out of a text; a line of JSON stays one. */
export type Redact = (text: string) => string;

const mark = '[redacted]';

/**
 * Creates a function that recognises secrets by their form (credentials in headers, URLs and fields, tokens,
 * signatures) and, wherever they stand, those that are given. It works on whole lines, so it finds them at any depth
 * and in the messages of libraries as well.
 */
export function createRedactor(secrets: readonly string[] = []): Redact {
  const known = secrets.filter((secret) => secret.length >= shortestSecret).flatMap(spellingsOf);
  // The longest first: one may be the beginning of another.
  known.sort((one, other) => other.length - one.length);
  const exact = known.length > 0 ? new RegExp(known.map(escapeForPattern).join('|'), 'g') : null;
  return (text) => {
    let redacted = exact ? text.replaceAll(exact, mark) : text;
    for (const [pattern, replacement] of patterns) redacted = redacted.replaceAll(pattern, replacement);
    return redacted;
  };
}

/** A shorter secret could be a part of anything; it is recognised by its field or its header alone. */
const shortestSecret = 6;

const fields =
  '(?:proxy-)?authorization|(?:set-)?cookie|pw|password|passwd|secret|client_?secret|secretaccesskey|sessiontoken|' +
  'api[-_]?key|token|access_?token|refresh_?token';

const patterns: [RegExp, string][] = [
  // "authorization":"…", at any depth, and the same in JSON inside of a text; set-cookie may be a list. What is repeated
  // here is bounded, or can end in one way only: a client's line must not take a time that grows with its square.
  [fieldPattern(String.raw`"`, String.raw`"(?:\\.|[^"\\])*"|\[[^\]]{0,500}\]`), `"$1":"${mark}"`],
  [fieldPattern(String.raw`\\"`, String.raw`\\"[^"\\]*\\"`), String.raw`\"$1\":\"${mark}\"`],
  [/\b(Bearer|Basic) {1,8}[\w.~+/=-]{8,}/gi, `$1 ${mark}`],
  // JSON web tokens, and the service's own.
  [/\beyJ[\w-]{6,}\.[\w-]{4,}\.[\w-]*/g, mark],
  [/\bmsf_([0-9a-f]{12})_[\w-]{20,}/g, `msf_$1_${mark}`],
  // The service's signed URLs, S3's, Azure's, and copyparty's passwords, each as plain text or escaped once more.
  [
    /([?&]|%3F|%26)((?:x-(?:amz|goog)-(?:signature|credential|security-token)|signature|sig|pw|password|token|access_token|code)(?:=|%3D))[^&\s"'\\<>#]+/gi,
    `$1$2${mark}`,
  ],
  // The password of a URL.
  [/(:\/\/[^\s/"@:]{0,200}):[^\s/"@]{1,500}@/g, `$1:${mark}@`],
];

function fieldPattern(quote: string, value: string): RegExp {
  return new RegExp(`${quote}(${fields})${quote} ?: ?(?:${value})`, 'gi');
}

/** The forms that a secret has in a text, in JSON and in a URL. In Base64 it is recognised behind `Basic` alone. */
function spellingsOf(secret: string): string[] {
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])];
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
